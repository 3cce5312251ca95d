/** A command that cannot be done, or text that is no document. The message is for people. */
export class DocumentError extends Error {
  /** Of the text, from 1; undefined when no place is at fault. */
  readonly line: number | undefined;
  readonly column: number | undefined;

  constructor(message: string, place?: { line: number; column: number }) {
    super(message);
    this.name = "DocumentError";
    this.line = place?.line;
    this.column = place?.column;
  }
}
