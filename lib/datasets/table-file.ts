import type { FileEntry } from "#lib/files/model.ts";
import { formatOfFile } from "./model.ts";

export interface TableFile {
  path: string;
  sha256: string;
  format: "csv" | "parquet";
}

/** The table of a folder: what a module wrote (`data.parquet` with a description beside it), else its only file. */
export function findTableFile(files: readonly FileEntry[]): TableFile | null {
  const [only, ...others] = files;
  const file = files.find(({ path }) => path === "data.parquet") ?? (others.length === 0 ? only : undefined);
  if (!file?.sha256) return null;
  const format = formatOfFile(file.path);
  if (format !== "csv" && format !== "parquet") return null;
  return { path: file.path, sha256: file.sha256, format };
}

/** The Parquet file of a folder that a module wrote: a table, and beside it only what describes its columns. */
export function findModuleTable(files: readonly FileEntry[]): FileEntry | null {
  if (files.length !== 2 || !files.some(({ path }) => path === "schema.json")) return null;
  return files.find(({ path }) => path === "data.parquet") ?? null;
}
