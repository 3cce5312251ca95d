import { Readable } from "node:stream";
import { notFound } from "#lib/core/errors.ts";
import { contentTypeOf } from "#lib/files/model.ts";
import type { ArtifactTarget } from "./artifact-target.ts";
import type { MlflowContext } from "./route.ts";

/** A file or folder as the protocol lists it; a folder has no size. */
export interface WireFile {
  path: string;
  is_dir: boolean;
  file_size?: number;
}

/** What is directly below the target, folders too, in the order of names. One page unless all is asked for. */
export async function listArtifacts(
  context: MlflowContext,
  target: ArtifactTarget,
  cursor?: string,
): Promise<{ files: WireFile[]; cursor?: string }> {
  const folder = target.path === "" ? target.prefix : `${target.prefix}${target.path}/`;
  const page = await context.services.store.list(folder, {
    delimiter: "/",
    ...(cursor ? { cursor } : {}),
  });
  const files: WireFile[] = [
    ...page.prefixes.map((key) => ({ path: key.slice(target.prefix.length, -1), is_dir: true })),
    ...page.objects.map(({ key, size }) => ({
      path: key.slice(target.prefix.length),
      is_dir: false,
      file_size: size,
    })),
  ];
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files, ...(page.cursor ? { cursor: page.cursor } : {}) };
}

export function toBaseNames(files: readonly WireFile[]): WireFile[] {
  return files.map((file) => ({ ...file, path: file.path.slice(file.path.lastIndexOf("/") + 1) }));
}

/** Answers with the bytes, always as a download, so that an artifact cannot act as the person who opens it. */
export async function sendArtifact(context: MlflowContext, target: ArtifactTarget): Promise<Response> {
  if (target.path === "") throw notFound("This artifact");
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
