import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import type { Connection } from "./connection.ts";
import { unzipTo } from "./unzip.ts";

/** Fetches an archive of the studio and unpacks it into a folder, which is made. Answers the folder's full path. */
export async function downloadFolder(connection: Connection, path: string, folder: string): Promise<string> {
  const response = await connection.fetch(path);
  if (!response.body) throw new Error("The studio sent no files.");
  const target = resolve(folder);
  await mkdir(target, { recursive: true });
  const archive = join(target, `.atelier-${process.pid}.zip`);
  try {
    await pipeline(
      Readable.fromWeb(response.body as NodeReadableStream),
      createWriteStream(archive, { flags: "wx" }),
    );
    await unzipTo(archive, target);
  } finally {
    await rm(archive, { force: true });
  }
  return target;
}
