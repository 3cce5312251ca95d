import type { AssetSource } from "#db/schema/index.ts";
import type { Ref } from "#lib/spec/ref.ts";
import type { Upload } from "./model.ts";

/**
 * How a job names files that were uploaded by content: as in the studio our users come from, local data is an upload to
 * the default datastore, and code is an asset named by its content.
 */

const base = "azureml://datastores/workspaceblobstore/paths/LocalUpload/";

export function uploadUri(upload: Upload): string {
  return "digest" in upload ? `${base}${upload.digest}/` : `${base}${upload.sha256}/${upload.fileName}`;
}

export type UploadSource =
  | Extract<AssetSource, { kind: "tree" }>
  | { kind: "blob"; sha256: string; fileName: string };

/** The upload that a reference names, or null when it names something else. */
export function findUploadSource(ref: Ref): UploadSource | null {
  if (ref.kind !== "datastore" || ref.datastore !== "workspaceblobstore") return null;
  const match = /^LocalUpload\/([0-9a-f]{64})(?:\/(.*))?$/.exec(ref.path);
  if (!match?.[1]) return null;
  const fileName = match[2] ?? "";
  return fileName === "" ? { kind: "tree", digest: match[1] } : { kind: "blob", sha256: match[1], fileName };
}

export function codeUri(digest: string): string {
  return `azureml://codes/${digest}/versions/1`;
}

/** The tree that a job's `code` names, or null. */
export function findCodeDigest(ref: Ref): string | null {
  if (ref.kind !== "asset" || (ref.type !== undefined && ref.type !== "code")) return null;
  return /^[0-9a-f]{64}$/.test(ref.name) ? ref.name : null;
}
