import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import tar from "tar-stream";
import type { ComputeHandle, ComputeProvider, ComputeState } from "./port.ts";

/** What the tests of providers, and of what runs on them, ask again and again. */

export async function bytes(
  provider: ComputeProvider,
  handle: ComputeHandle,
  sinceByte: number,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of provider.logs(handle, { follow: true, sinceByte })) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export async function text(provider: ComputeProvider, handle: ComputeHandle): Promise<string> {
  return (await bytes(provider, handle, 0)).toString();
}

export async function firstBytes(provider: ComputeProvider, handle: ComputeHandle): Promise<Buffer> {
  for await (const chunk of provider.logs(handle, { follow: true })) return chunk;
  throw new Error("the program ended without a word");
}

export async function ended(provider: ComputeProvider, handle: ComputeHandle): Promise<ComputeState> {
  for (const until = Date.now() + 20_000; Date.now() < until; await wait(100)) {
    const state = await provider.inspect(handle);
    if (state.state === "exited") return state;
  }
  throw new Error("the program did not end in 20 s");
}

export async function untar(stream: Readable): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  const extract = tar.extract();
  stream.on("data", (chunk: Buffer) => extract.write(chunk));
  stream.on("end", () => extract.end(null));
  stream.on("error", (error) => extract.destroy(error));
  for await (const entry of extract) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    const { type, name, linkname } = entry.header;
    files[name] = type === "symlink" ? `→${linkname}` : Buffer.concat(chunks).toString();
  }
  return files;
}

export function same(a: ComputeHandle, b: ComputeHandle | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export function hash(data: Buffer): string {
  return `${data.length} ${createHash("sha256").update(data).digest("hex")}`;
}
