/** What something took, for people: "420 ms", "4.2 s", from ten seconds on a clock: "4:12", "1:04:12". */
export function formatDuration(ms: number): string {
  const whole = Math.max(0, Math.round(ms));
  if (whole < 1_000) return `${whole} ms`;
  return whole < 9_950 ? `${(whole / 1_000).toFixed(1)} s` : formatElapsed(whole);
}

/** How long something has been going on, by the second: "0:04", "4:12", "1:04:12". */
export function formatElapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor(seconds / 60) % 60;
  const start = hours > 0 ? `${hours}:${two(minutes)}` : String(minutes);
  return `${start}:${two(seconds % 60)}`;
}
