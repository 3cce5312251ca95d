export type LogLevel = "plain" | "warning" | "error";

export interface ParsedLine {
  text: string;
  /** UTC milliseconds: the time that the line begins with, else when its first byte was written, where that is known. */
  atMs: number | null;
  level: LogLevel;
}

const stamp = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)) ?/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours begin with the escape character
const colours = /\u001b\[[0-9;?]*[ -/]*[@-~]/g;
const error =
  /^\s*(?:[\w.]+\.)?\w*(?:Error|Exception)(?::|$)|\b(?:ERROR|FATAL|CRITICAL)\b|^\s*(?:error|fatal)\b[:!]|^Traceback \(most recent call last\)|^Killed$|\bout of memory\b/;
const warning = /\b(?:WARN|WARNING)\b|\b\w+Warning\b:?|^\s*warning\b[:!]/;

/** Takes the time off the front, the terminal's colours out, and says how loud the line is. */
export function parseLine(raw: string, writtenAtMs: number | null = null): ParsedLine {
  // A progress bar writes its line again and again; what stands after the last return is what a terminal shows.
  const written = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
  const shown = written.slice(written.lastIndexOf("\r") + 1).replace(colours, "");
  const match = stamp.exec(shown);
  const parsed =
    match?.[1] === undefined ? Number.NaN : Date.parse(match[1].replace(" ", "T").replace(",", "."));
  const stamped = !Number.isNaN(parsed);
  const text = match && stamped ? shown.slice(match[0].length) : shown;
  return {
    text,
    atMs: stamped ? parsed : writtenAtMs,
    level: error.test(text) ? "error" : warning.test(text) ? "warning" : "plain",
  };
}
