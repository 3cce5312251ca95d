const quote = 0x22;
const lineFeed = 0x0a;

/**
 * The first lines of a text, as bytes; a line that goes on inside of quotes counts as one. Ends after `lines` of them, in
 * the middle of what it reads. `onCut` is called when something follows.
 */
export async function* cutLines(
  body: AsyncIterable<Buffer>,
  lines: number,
  { quoted, onCut }: { quoted: boolean; onCut: () => void },
): AsyncGenerator<Buffer> {
  let left = lines;
  let inside = false;
  for await (const chunk of body) {
    if (left === 0) {
      if (chunk.length === 0) continue;
      onCut();
      return;
    }
    let end = chunk.length;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      if (byte === quote && quoted) inside = !inside;
      if (byte !== lineFeed || inside) continue;
      left -= 1;
      if (left > 0) continue;
      end = at + 1;
      break;
    }
    yield chunk.subarray(0, end);
    if (end < chunk.length) {
      onCut();
      return;
    }
  }
}
