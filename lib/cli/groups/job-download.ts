import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import { isTerminal } from "#lib/spec/statuses.ts";
import type { Connection } from "../connection.ts";
import { unzipTo } from "../unzip.ts";

async function saveZip(
  connection: Connection,
  workspace: string,
  run: string,
  of: string,
  file: string,
): Promise<void> {
  const path = `/workspaces/${encodeURIComponent(workspace)}/runs/${encodeURIComponent(run)}/zip?of=${encodeURIComponent(of)}`;
  const response = await connection.fetch(path);
  if (!response.body) throw new Error("the studio sent no files");
  await mkdir(dirname(file), { recursive: true });
  await pipeline(Readable.fromWeb(response.body as NodeReadableStream), createWriteStream(file));
}

export interface DownloadFlags {
  name: string;
  downloadPath?: string;
  outputName?: string;
  all?: boolean;
}

/** Saves files of a run that has ended, in the folders of `az ml job download`. Answers the folder. */
export async function downloadJob(
  flags: DownloadFlags,
  connection: Connection,
  workspace: string,
): Promise<string> {
  const run = await connection.api.runs.get({ workspace, run: flags.name });
  if (!isTerminal(run.status)) {
    throw new Error(`${flags.name} is ${run.status}. Its files can be downloaded once it has ended.`);
  }
  const of = flags.outputName ? `outputs.${flags.outputName}` : flags.all ? "all" : "artifacts";
  const folder = resolve(flags.downloadPath ?? ".");
  const target = flags.outputName ? join("named-outputs", flags.outputName) : flags.all ? "." : "artifacts";
  const file = join(folder, `.${flags.name}.zip`);
  await saveZip(connection, workspace, flags.name, of, file);
  return unzipTo(file, join(folder, target));
}
