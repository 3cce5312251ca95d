import { invalid, notFound } from "#lib/core/errors.ts";
import { type FileSet, openFileSet } from "#lib/files/file-set.ts";
import { loggedModelPrefix, runArtifactsPrefix } from "#lib/files/keys.ts";
import { isSafePath } from "#lib/files/model.ts";
import { getRegisteredModel, getVersionOf } from "#lib/models/registry.ts";
import { findLoggedModel } from "#lib/tracking/queries/logged-models.ts";
import { findRunByName, type Run } from "#lib/tracking/queries/runs.ts";
import type { MlflowContext } from "./route.ts";

/** Files that are kept by path in the object store and may be written to. */
export interface PrefixTarget {
  /** Of everything that the address's owner has, in the object store; ends with a slash. */
  prefix: string;
  /** Below the prefix; empty for its root. */
  path: string;
  /** Whether the owner may still be written to. */
  writable: boolean;
  /** The run that owns them, when one does. */
  run?: Run;
}

/** Files of a registered version, however they are kept. */
export interface SetTarget {
  set: FileSet;
  path: string;
  writable: false;
}

/** Where the bytes of an artifact address are. */
export type ArtifactTarget = PrefixTarget | SetTarget;

/** Refuses a path that leaves its root. The empty path is the root itself. */
export function checkArtifactPath(path: string): string {
  const trimmed = path.replace(/\/+$/, "");
  if (trimmed !== "" && !isSafePath(trimmed)) throw invalid("path", "Invalid path", path);
  return trimmed;
}

/** The part of a request's path that follows `marker`, with each part decoded once. */
export function artifactPathOf(url: string, marker: string): string {
  const { pathname } = new URL(url);
  const encoded = pathname.slice(pathname.indexOf(marker) + marker.length);
  try {
    return checkArtifactPath(encoded.split("/").map(decodeURIComponent).join("/"));
  } catch (error) {
    if (error instanceof URIError) throw invalid("path", "Invalid path", encoded);
    throw error;
  }
}

/**
 * Finds the owner of `<experiment>/<run>/artifacts/…` or `<experiment>/models/<model>/artifacts/…`, which are the
 * addresses that runs and logged models are given, or of `models/<name>/<version>/…`, that of a registered version.
 */
export async function findArtifactTarget(context: MlflowContext, address: string): Promise<ArtifactTarget> {
  const { services, workspace } = context;
  const parts = address.split("/");
  const [experiment = "", owner = "", word = ""] = parts;
  if (/^\d+$/.test(experiment) && word === "artifacts") {
    const run = await findRunByName(services.db, workspace.id, owner);
    if (run && run.experimentNumber === Number(experiment)) {
      const prefix = runArtifactsPrefix(workspace.id, run.name);
      return { prefix, path: parts.slice(3).join("/"), writable: run.deletedAt === null, run };
    }
  }
  if (/^\d+$/.test(experiment) && owner === "models" && parts[3] === "artifacts") {
    const model = await findLoggedModel(services.db, workspace.id, word);
    if (model && model.experimentNumber === Number(experiment)) {
      const prefix = loggedModelPrefix(workspace.id, model.id);
      return { prefix, path: parts.slice(4).join("/"), writable: model.deletedAt === null };
    }
  }
  if (experiment === "models" && word) {
    const asset = await getRegisteredModel(services.db, workspace.id, owner);
    const version = await getVersionOf(services.db, asset, word);
    const set = openFileSet(services, workspace.id, version.source);
    return { set, path: parts.slice(3).join("/"), writable: false };
  }
  throw notFound(`Artifact “${address}”`);
}
