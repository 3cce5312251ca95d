import type { Queryable } from "#db/client.ts";
import type { RunEnvironment } from "#db/schema/runs.ts";
import { getAssetVersion } from "#lib/assets/queries.ts";
import { invalid, isAppError } from "#lib/core/errors.ts";
import { isCuratedRef, matchCurated } from "#lib/spec/curated.ts";
import type { EnvironmentField } from "#lib/spec/kinds/environment.ts";
import { parseRef } from "#lib/spec/parse-ref.ts";
import type { AssetRef } from "#lib/spec/ref.ts";
import { type EnvironmentDefinition, environmentDefinitionSchema } from "./build/definition.ts";
import { findCurated } from "./curated.ts";
import { definitionOf } from "./definition.ts";
import { definitionDigest } from "./digest.ts";

export interface ChosenEnvironment extends RunEnvironment {
  /** Null for one that ships with the studio, and for one written inside a job. */
  versionId: string | null;
}

/**
 * What the `environment` of a job or a deployment means in a workspace: a registered version, one that ships with the
 * studio (by its own name, its vendor name or the built-in registry), or the one written in its place. Throws
 * `VALIDATION_FAILED` that names `path` for one that is not there.
 */
export async function resolveEnvironmentField(
  db: Queryable,
  workspaceId: string,
  field: EnvironmentField,
  path = "environment",
): Promise<ChosenEnvironment> {
  if (typeof field !== "string") {
    const definition = definitionOf(field, path);
    const name = definition.kind === "image" ? definition.image : (field.name ?? "packages of this job");
    return { ...named(name, definition), versionId: null };
  }
  const ref = parseRef(field);
  if (ref.kind !== "asset") throw invalid(path, `“${field}” names no environment.`, field);
  if (isCuratedRef(ref)) return resolveCurated(ref, path);
  try {
    const { version } = await getAssetVersion(db, workspaceId, "environment", ref.name, ref);
    const definition = environmentDefinitionSchema.parse(version.details);
    return { ...named(`${ref.name}:${version.version}`, definition), versionId: version.id };
  } catch (error) {
    if (!isAppError(error) || error.code !== "NOT_FOUND") throw error;
    if (findCurated(ref.name)) return resolveCurated(ref, path);
    throw invalid(path, `There is no environment ${field} in this workspace.`, field);
  }
}

function resolveCurated(ref: AssetRef, path: string): ChosenEnvironment {
  const match = matchCurated(ref);
  const item = match.found ? findCurated(match.name) : null;
  if (!item) {
    const near = match.found ? "" : ` There is ${match.near.join(", ")}.`;
    throw invalid(path, `The curated environment “${ref.name}” has no counterpart here.${near}`, ref.text);
  }
  return { ...named(item.name, item.definition), versionId: null };
}

function named(name: string, definition: EnvironmentDefinition): RunEnvironment {
  return { name, definition, digest: definitionDigest(definition) };
}
