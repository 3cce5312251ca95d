import { Readable } from "node:stream";
import tar from "tar-stream";
import { pour } from "#lib/compute/archive.ts";
import type { ComputeHandle, ComputeProvider } from "#lib/compute/port.ts";
import { isAppError } from "#lib/core/errors.ts";
import { isSafePath } from "#lib/files/model.ts";

/**
 * Reads the files below a path of an attempt one by one; there may be none. What is no plain file, or has no plain name,
 * is left out. Throws the signal's reason when it aborts in between.
 */
export async function readFiles(
  place: { provider: ComputeProvider; handle: ComputeHandle; folder: string; signal: AbortSignal },
  take: (path: string, body: Readable, size: number) => Promise<void>,
  onLeftOut: (path: string, kind: string) => void = () => {},
): Promise<void> {
  const { provider, handle, folder, signal } = place;
  let stream: Readable;
  try {
    stream = await provider.copyOut(handle, folder);
  } catch (error) {
    if (isAppError(error) && error.code === "NOT_FOUND") return;
    throw error;
  }
  const extract = tar.extract();
  pour(stream, extract).catch((error: unknown) => {
    extract.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  try {
    for await (const entry of extract) {
      const path = entry.header.name.replace(/^\.?\//, "").replace(/\/$/, "");
      const plain = entry.header.type === "file" || entry.header.type === "contiguous-file";
      if (plain && isSafePath(path)) {
        await take(path, Readable.from(entry, { objectMode: false }), entry.header.size ?? 0);
      } else {
        if (entry.header.type !== "directory") onLeftOut(path, String(entry.header.type));
        entry.resume();
      }
      if (signal.aborted) throw signal.reason;
    }
  } finally {
    stream.destroy();
  }
}
