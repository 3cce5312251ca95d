import { and, eq } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { type AssetSource, blobs, trees } from "#db/schema/index.ts";
import { getAssetVersion } from "#lib/assets/queries.ts";
import { invalid, isAppError } from "#lib/core/errors.ts";
import { modelTypes } from "#lib/spec/kinds/data-types.ts";
import type { DataInput, JobInput } from "#lib/spec/kinds/input.ts";
import { parseRef } from "#lib/spec/parse-ref.ts";
import type { AssetRef, Ref } from "#lib/spec/ref.ts";
import { findUploadSource, type UploadSource } from "../uploads.ts";
import { literalInput, type ResolvedInput } from "./port-values.ts";
import { resolveRunFiles } from "./run-files.ts";

/**
 * Binds the inputs of a job: literals to their text, data to a fixed version, a run's output or an upload. What is not
 * there is a 400 that names `inputs.<name>`. Optional inputs without a value are left out.
 */
export async function resolveInputs(
  db: Queryable,
  workspaceId: string,
  inputs: Record<string, JobInput>,
  typedInputs: ReadonlySet<string>,
): Promise<ResolvedInput[]> {
  const resolved: ResolvedInput[] = [];
  for (const [name, input] of Object.entries(inputs)) {
    if (input.type === "literal") resolved.push(literalInput(name, input.text));
    else if (input.type !== "unset") {
      resolved.push(await resolveData(db, workspaceId, name, input, typedInputs.has(name)));
    }
  }
  return resolved;
}

/** Binds one input to what it names. `typed`: its type was written; else it takes that of the thing. */
export async function resolveData(
  db: Queryable,
  workspaceId: string,
  name: string,
  input: DataInput,
  typed: boolean,
  field = `inputs.${name}`,
): Promise<ResolvedInput> {
  const ref = parseRef(input.path);
  const found = await resolveSource(db, workspaceId, ref, input, field);
  if (found.source.kind === "uri" && input.mode !== "direct") {
    throw invalid(
      field,
      `${found.source.uri} is outside of the studio. Upload it as a dataset, or take it with mode: direct and read it in the script.`,
      input.path,
    );
  }
  // A job that names no type takes that of the thing it names; one file is a file.
  const own = found.type ?? (found.source.kind === "blob" ? "uri_file" : input.type);
  return {
    name,
    type: typed ? input.type : own,
    mode: input.mode,
    value: null,
    assetVersionId: found.assetVersionId ?? null,
    source: found.source,
    uri: found.uri ?? input.path,
  };
}

interface FoundSource {
  source: AssetSource;
  assetVersionId?: string;
  type?: string;
  /** With the version that a label meant. */
  uri?: string;
}

async function resolveSource(
  db: Queryable,
  workspaceId: string,
  ref: Ref,
  input: DataInput,
  field: string,
): Promise<FoundSource> {
  switch (ref.kind) {
    case "asset":
      return resolveAsset(db, workspaceId, ref, input, field);
    case "job_output":
    case "run":
      return { source: await resolveRunFiles(db, workspaceId, ref, field) };
    case "url":
      return { source: { kind: "uri", uri: ref.url } };
    case "datastore": {
      const upload = findUploadSource(ref);
      if (upload) return { source: await checkUpload(db, workspaceId, upload, field) };
      throw invalid(
        field,
        `There is no datastore “${ref.datastore}”. Register the data as a dataset, and name that.`,
        ref.text,
      );
    }
    case "git":
    case "local":
      throw invalid(field, `“${ref.text}” cannot be read from here. Upload it first.`, ref.text);
  }
}

async function resolveAsset(
  db: Queryable,
  workspaceId: string,
  ref: AssetRef,
  input: DataInput,
  field: string,
): Promise<FoundSource> {
  const isModel = ref.type === "model" || (modelTypes as readonly string[]).includes(input.type);
  const kind = isModel ? "model" : "dataset";
  try {
    const { asset, version } = await getAssetVersion(db, workspaceId, kind, ref.name, ref);
    return {
      source: version.source,
      assetVersionId: version.id,
      type: version.type,
      uri: `azureml:${asset.name}:${version.version}`,
    };
  } catch (error) {
    if (!isAppError(error) || error.code !== "NOT_FOUND") throw error;
    throw invalid(field, `There is no ${kind} ${ref.text} in this workspace.`, ref.text);
  }
}

async function checkUpload(
  db: Queryable,
  workspaceId: string,
  upload: UploadSource,
  field: string,
): Promise<AssetSource> {
  if (upload.kind === "tree") {
    const where = and(eq(trees.workspaceId, workspaceId), eq(trees.digest, upload.digest));
    if ((await db.$count(trees, where)) === 0)
      throw invalid(field, "The folder is not uploaded.", upload.digest);
    return upload;
  }
  const where = and(eq(blobs.workspaceId, workspaceId), eq(blobs.sha256, upload.sha256));
  const [blob] = await db.select().from(blobs).where(where);
  if (!blob) throw invalid(field, "The file is not uploaded.", upload.sha256);
  return { ...upload, sizeBytes: blob.sizeBytes };
}
