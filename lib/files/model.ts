/** One file of a tree, a run's artifacts or a dataset, as listed. */
export interface FileEntry {
  /** Relative, with forward slashes. */
  path: string;
  sizeBytes: number;
  sha256?: string;
}

/** Checks a path that came from outside: relative, forward slashes, no `..`, no empty or control parts. */
export function isSafePath(path: string): boolean {
  if (path.length === 0 || path.length > 1024 || path.startsWith("/") || path.includes("\\")) return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  if (/[\u0000-\u001f\u007f]/.test(path)) return false;
  return path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}

/** The content type by which a browser shows a file; unknown ones download as bytes. */
export function contentTypeOf(path: string): string {
  const extension = path.slice(path.lastIndexOf(".") + 1).toLowerCase();
  return contentTypes[extension] ?? "application/octet-stream";
}

/** Whether a browser shows the file as a picture. */
export function isPicture(path: string): boolean {
  return contentTypeOf(path).startsWith("image/");
}

const contentTypes: Record<string, string> = {
  csv: "text/csv; charset=utf-8",
  gif: "image/gif",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  json: "application/json",
  log: "text/plain; charset=utf-8",
  md: "text/plain; charset=utf-8",
  parquet: "application/vnd.apache.parquet",
  png: "image/png",
  py: "text/plain; charset=utf-8",
  txt: "text/plain; charset=utf-8",
  webp: "image/webp",
  yaml: "text/plain; charset=utf-8",
  yml: "text/plain; charset=utf-8",
};
