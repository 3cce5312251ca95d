import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { AssetSource } from "#db/schema/index.ts";
import { AppError } from "#lib/core/errors.ts";
import { getTableService } from "#lib/datasets/table-service.ts";
import { type Blob, createTree, storeBlob } from "#lib/files/commands.ts";
import { type FileSet, openFileSet } from "#lib/files/file-set.ts";
import type { FileEntry } from "#lib/files/model.ts";
import type { Services } from "#lib/services/services.ts";
import { cutLines } from "./cut-lines.ts";

/** What cannot be cut is given as it is up to here, so that a look at a port does not move a whole archive. */
const maxWholeBytes = 1024 ** 3;
/** Types of ports whose files are rows; a model is never cut. */
const rowTypes = ["data_frame", "uri_file", "uri_folder", "mltable"];
const parquetTimeoutMs = 120_000;

/**
 * An input as a program gets it for a preview: each CSV, TSV, JSON lines or Parquet file of it with its first rows, every
 * other file as it is. Under the same names, so that the program finds what it looks for. What is stored is transient.
 * Throws `UNPROCESSABLE` for more than 1 GiB that cannot be cut.
 */
export async function sampleInput(
  services: Services,
  workspaceId: string,
  port: { name: string; type: string; source: AssetSource },
  rows: number,
): Promise<AssetSource> {
  const { source, type } = port;
  if (source.kind === "uri" || source.kind === "none" || !rowTypes.includes(type)) return source;
  const set = openFileSet(services, workspaceId, source);
  const list = await set.list();
  const cuts = new Map<FileEntry, Blob>();
  let wholeBytes = 0;
  for (const file of list) {
    const cut = await cutFile(services, workspaceId, set, file, rows);
    if (cut) cuts.set(file, cut);
    else wholeBytes += file.sizeBytes;
    if (wholeBytes > maxWholeBytes) throw tooLarge(port.name);
  }
  if (cuts.size === 0) return source;
  const files: { path: string; sha256: string }[] = [];
  for (const file of list) {
    const path = file.path === "" ? "file" : file.path;
    // Files that are kept by path have no digest yet.
    const sha256 = cuts.get(file)?.sha256 ?? file.sha256 ?? (await store(services, workspaceId, set, file));
    files.push({ path, sha256 });
  }
  const { digest } = await createTree(services.db, workspaceId, files, "transient");
  return { kind: "tree", digest };
}

async function store(
  services: Services,
  workspaceId: string,
  set: FileSet,
  file: FileEntry,
): Promise<string> {
  const { body } = await set.open(file.path);
  return (await storeBlob(services, workspaceId, body, "transient")).sha256;
}

function tooLarge(name: string): AppError {
  return new AppError("UNPROCESSABLE", {
    userMessage: `The input “${name}” has more than 1 GiB of files that are no tables, and cannot be cut to a sample.`,
    details: { hint: "Run the pipeline up to this step: what it gives is shown then." },
  });
}

/** The file with its first rows; null for one that has no more, or is no table. */
async function cutFile(
  services: Services,
  workspaceId: string,
  set: FileSet,
  file: FileEntry,
  rows: number,
): Promise<Blob | null> {
  // A row has two bytes at least.
  if (file.sizeBytes <= rows * 2) return null;
  const kind = /\.(csv|tsv|jsonl|ndjson|parquet|pqt)$/i.exec(file.path)?.[1]?.toLowerCase();
  if (kind === undefined) return null;
  if (kind === "parquet" || kind === "pqt") return cutParquet(services, workspaceId, file, rows);
  const { body } = await set.open(file.path);
  const isLines = kind === "jsonl" || kind === "ndjson";
  let cut = false;
  const onCut = () => {
    cut = true;
  };
  // One more than the rows: the first line names the columns.
  const head = cutLines(body, isLines ? rows : rows + 1, { quoted: !isLines, onCut });
  const stored = await storeBlob(services, workspaceId, Readable.from(head), "transient");
  return cut ? stored : null;
}

async function cutParquet(
  services: Services,
  workspaceId: string,
  { sha256 }: FileEntry,
  rows: number,
): Promise<Blob | null> {
  if (!sha256) return null;
  const tables = getTableService(services);
  const file = await tables.fetch(workspaceId, sha256);
  const folder = await mkdtemp(join(tmpdir(), "atelier-sample-"));
  try {
    const parquet = join(folder, "data.parquet");
    const head = await tables.engine.call("headParquet", { file, parquet, rows }, parquetTimeoutMs);
    return head && (await storeBlob(services, workspaceId, createReadStream(parquet), "transient"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
