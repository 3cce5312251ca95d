import { posix } from "node:path";
import type { Readable } from "node:stream";
import type { AssetSource } from "#db/schema/index.ts";
import { isValueType } from "#lib/components/model.ts";
import type { ComputeHandle } from "#lib/compute/port.ts";
import { createTree, storeBlob } from "#lib/files/commands.ts";
import { runArtifactsPrefix } from "#lib/files/keys.ts";
import { contentTypeOf } from "#lib/files/model.ts";
import { findValueText } from "#lib/files/value-text.ts";
import { isOneFile } from "./declared-outputs.ts";
import type { HeldAttempt } from "./held-attempt.ts";
import type { HeldJob } from "./load-held-job.ts";
import { wordOfValue } from "./output-values.ts";
import { codeFolder, outputsFolder } from "./places.ts";
import { readFiles } from "./read-files.ts";
import type { SystemLog } from "./system-log.ts";

export interface CollectedOutput {
  name: string;
  source: AssetSource;
  fileCount: number;
  sizeBytes: number;
  /** Of an output that is a value: the text that the command wrote. */
  value?: string;
}

/**
 * Takes what the command wrote: `outputs/` and `logs/` of its working folder to the run's files, each named output to a
 * tree. Streams throughout. Safe to repeat: the same files land in the same places.
 */
export async function collectOutputs(
  held: HeldAttempt,
  handle: ComputeHandle,
  job: HeldJob,
  log: SystemLog,
): Promise<CollectedOutput[]> {
  const { services, run } = held;
  const prefix = runArtifactsPrefix(run.workspaceId, run.name);
  for (const folder of ["outputs", "logs"]) {
    let fileCount = 0;
    let sizeBytes = 0;
    const from = posix.join(codeFolder, folder);
    await eachFile(held, handle, from, log, async (path, body, size) => {
      fileCount += 1;
      sizeBytes += size;
      await services.store.put(`${prefix}${folder}/${path}`, body, {
        size,
        contentType: contentTypeOf(path),
      });
    });
    if (fileCount > 0) await log.step(`${fileCount} files of ${folder}/ saved, ${sizeBytes} bytes`);
  }
  const collected: CollectedOutput[] = [];
  for (const [name, output] of Object.entries(job.outputs)) {
    const named = await collectNamed(held, handle, name, isOneFile(output.type), log);
    if (!named) continue;
    const found = isValueType(output.type) ? await withValue(held, named, output.type) : named;
    collected.push(found);
    const words = `Output “${name}”: ${found.fileCount} files, ${found.sizeBytes} bytes`;
    if (found.fileCount > 0) await log.step(words);
    else log.line(words);
  }
  return collected;
}

async function collectNamed(
  held: HeldAttempt,
  handle: ComputeHandle,
  name: string,
  oneFile: boolean,
  log: SystemLog,
): Promise<CollectedOutput | null> {
  const { services, run } = held;
  const files: { path: string; sha256: string; sizeBytes: number }[] = [];
  await eachFile(held, handle, posix.join(outputsFolder, name), log, async (path, body) => {
    files.push({ path, ...(await storeBlob(services, run.workspaceId, body)) });
  });
  const [first] = files;
  if (!first && (oneFile || held.step === null)) return null;
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  const about = { name, fileCount: files.length, sizeBytes };
  if (oneFile && first && files.length === 1) {
    const { sha256, path: fileName } = first;
    return { ...about, source: { kind: "blob", sha256, fileName, sizeBytes } };
  }
  const { digest } = await createTree(services.db, run.workspaceId, files);
  return { ...about, source: { kind: "tree", digest } };
}

async function withValue(
  { services, run }: HeldAttempt,
  output: CollectedOutput,
  type: string,
): Promise<CollectedOutput> {
  const written = await findValueText(services, run.workspaceId, output.source);
  return written === null ? output : { ...output, value: wordOfValue(type, written) };
}

async function eachFile(
  { provider, lost: signal }: HeldAttempt,
  handle: ComputeHandle,
  folder: string,
  log: SystemLog,
  take: (path: string, body: Readable, size: number) => Promise<void>,
): Promise<void> {
  await readFiles({ provider, handle, folder, signal }, take, (path, kind) =>
    log.line(`Left out: ${folder}/${path} (${kind})`),
  );
}
