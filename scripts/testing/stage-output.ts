export type Chunk = string | Uint8Array;

/** Where a stage and the programs that it starts write to. */
export interface StageOutput {
  write(chunk: Chunk): void;
}

export interface OrderedOutput {
  /** Opened in the order in which they are to be printed. */
  open(): StageOutput;
  /** Nothing more is written to it. */
  close(output: StageOutput): void;
}

/**
 * Keeps what runs at the same time apart on one terminal: the first that has not ended is printed as it comes, the
 * others are kept until it is their turn.
 */
export function createOrderedOutput(print: (chunk: Chunk) => void): OrderedOutput {
  const queue: { output: StageOutput; kept: Chunk[]; closed: boolean }[] = [];
  const advance = () => {
    for (let first = queue[0]; first; first = queue[0]) {
      for (const chunk of first.kept.splice(0)) print(chunk);
      if (!first.closed) return;
      queue.shift();
    }
  };
  return {
    open() {
      const kept: Chunk[] = [];
      const output: StageOutput = {
        write(chunk) {
          kept.push(chunk);
          advance();
        },
      };
      queue.push({ output, kept, closed: false });
      return output;
    },
    close(output) {
      for (const entry of queue) if (entry.output === output) entry.closed = true;
      advance();
    },
  };
}
