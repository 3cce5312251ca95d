import { mkdir, rm, stat, utimes } from "node:fs/promises";
import { AppError } from "#lib/core/errors.ts";
import { sleep } from "#lib/core/time.ts";

const beatMs = 2000;
/** A holder that has not been seen for so long is gone. */
const staleMs = 20_000;

/** Lets one process of a shared file system do the work at a time; the others wait. A holder that dies is replaced. */
export async function withFolderLock<T>(
  path: string,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  while (!(await take(path))) {
    if (signal?.aborted)
      throw new AppError("CONFLICT", {
        userMessage: "The build was stopped while it waited for another one.",
      });
    const seenAt = await stat(path).then(
      (found) => found.mtimeMs,
      () => Date.now(),
    );
    if (Date.now() - seenAt > staleMs) await rm(path, { recursive: true, force: true });
    else await sleep(200, signal);
  }
  const beat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => {});
  }, beatMs);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    await rm(path, { recursive: true, force: true });
  }
}

async function take(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}
