import { Readable } from "node:stream";
import { notFound } from "#lib/core/errors.ts";
import { contentTypeOf } from "#lib/files/model.ts";
import type { ArtifactTarget, PrefixTarget, SetTarget } from "./artifact-target.ts";
import type { MlflowContext } from "./route.ts";

/** A file or folder as the protocol lists it; a folder has no size. */
export interface WireFile {
  path: string;
  is_dir: boolean;
  file_size?: number;
}

/** What is directly below the target, folders too, in the order of names; one page of what is kept by path. */
export async function listArtifacts(
  context: MlflowContext,
  target: ArtifactTarget,
  cursor?: string,
): Promise<{ files: WireFile[]; cursor?: string }> {
  const page = "set" in target ? await listSet(target) : await listPrefix(context, target, cursor);
  page.files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return page;
}

async function listPrefix(
  context: MlflowContext,
  target: PrefixTarget,
  cursor: string | undefined,
): Promise<{ files: WireFile[]; cursor?: string }> {
  const folder = target.path === "" ? target.prefix : `${target.prefix}${target.path}/`;
  const page = await context.services.store.list(folder, {
    delimiter: "/",
    ...(cursor ? { cursor } : {}),
  });
  const folders = page.prefixes.map((key) => ({ path: key.slice(target.prefix.length, -1), is_dir: true }));
  // Some stores list a folder that became empty as an object of its own.
  const objects = page.objects
    .filter(({ key }) => !key.endsWith("/"))
    .map(({ key, size }) => toFile(key.slice(target.prefix.length), size));
  return { files: [...folders, ...objects], ...(page.cursor ? { cursor: page.cursor } : {}) };
}

async function listSet(target: SetTarget): Promise<{ files: WireFile[] }> {
  const folder = target.path === "" ? "" : `${target.path}/`;
  const found = new Map<string, WireFile>();
  for (const { path, sizeBytes } of await target.set.list()) {
    if (!path.startsWith(folder)) continue;
    const slash = path.indexOf("/", folder.length);
    const name = slash < 0 ? path : path.slice(0, slash);
    found.set(name, slash < 0 ? toFile(name, sizeBytes) : { path: name, is_dir: true });
  }
  return { files: [...found.values()] };
}

function toFile(path: string, size: number): WireFile {
  return { path, is_dir: false, file_size: size };
}

export function toBaseNames(files: readonly WireFile[]): WireFile[] {
  return files.map((file) => ({ ...file, path: file.path.slice(file.path.lastIndexOf("/") + 1) }));
}

/** Answers with the bytes, always as a download, so that an artifact cannot act as the person who opens it. */
export async function sendArtifact(context: MlflowContext, target: ArtifactTarget): Promise<Response> {
  if (target.path === "") throw notFound("This artifact");
  if ("set" in target) {
    const file = await target.set.open(target.path);
    return fileResponse(file.body, file.sizeBytes, target.path);
  }
  const object = await context.services.store.get(target.prefix + target.path);
  return fileResponse(object.body, object.size, target.path);
}

export function fileResponse(body: Readable, sizeBytes: number, path: string): Response {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return new Response(Readable.toWeb(body) as unknown as ReadableStream, {
    headers: {
      "content-type": contentTypeOf(path),
      "content-length": String(sizeBytes),
      "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      "x-content-type-options": "nosniff",
    },
  });
}
