/** `[offset in bytes, UTC milliseconds]`: what starts at the offset was written at the time. */
export type LogMark = [number, number];

export const maxMarks = 2000;

/** At most `maxMarks` of them, spread evenly; the first stays. */
export function thinMarks(marks: readonly LogMark[]): LogMark[] {
  if (marks.length <= maxMarks) return [...marks];
  const step = marks.length / maxMarks;
  return Array.from({ length: maxMarks }, (_, index) => marks[Math.floor(index * step)]).filter(
    (mark) => mark !== undefined,
  );
}
