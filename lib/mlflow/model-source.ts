import type { AssetSource } from "#db/schema/index.ts";
import { invalid } from "#lib/core/errors.ts";
import { loggedModelPrefix, runArtifactsPrefix } from "#lib/files/keys.ts";
import { isSafePath } from "#lib/files/model.ts";
import { getRegisteredModel, getVersionOf } from "#lib/models/registry.ts";
import { findLoggedModel } from "#lib/tracking/queries/logged-models.ts";
import { findRunByName } from "#lib/tracking/queries/runs.ts";
import type { MlflowContext } from "./route.ts";

/** What a version is made from. */
export interface ModelSource {
  source: AssetSource;
  /** `runs.id` of the run that the files come from. */
  runId?: string | undefined;
  /** The logged model that it is. */
  modelId?: string | undefined;
}

function refuse(source: string, why: string): never {
  throw invalid("source", `Invalid model version source: '${source}'. ${why}`);
}

/** Undoes percent-encoding as often as it was done, so that nothing hides in it. */
function decodeWhole(text: string): string {
  for (let before = text, round = 0; round < 10; round += 1) {
    let after: string;
    try {
      after = decodeURIComponent(before);
    } catch {
      return before;
    }
    if (after === before) return after;
    before = after;
  }
  return refuse(text, "It is encoded too often.");
}

/** Refuses addresses that could leave the place they name: `..` in any spelling, NUL, backslashes, a query or fragment. */
function checkSource(source: string): void {
  const whole = decodeWhole(source.replaceAll("+", " "));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  if (/[\u0000-\u001f\\]/.test(whole) || whole.split(/[/?#]/).includes("..")) {
    refuse(source, "An absolute path must be provided without relative path references present.");
  }
}

async function ofRun(
  context: MlflowContext,
  given: string,
  name: string,
  path: string,
): Promise<ModelSource> {
  const { services, workspace } = context;
  const run = await findRunByName(services.db, workspace.id, name);
  if (!run || run.deletedAt) refuse(given, `There is no run ${name} in this workspace.`);
  if (path !== "" && !isSafePath(path)) refuse(given, "The path is not one of an artifact.");
  const prefix = runArtifactsPrefix(workspace.id, run.name) + path;
  return { source: { kind: "prefix", prefix }, runId: run.id };
}

async function ofLoggedModel(
  context: MlflowContext,
  given: string,
  id: string,
  path: string,
): Promise<ModelSource> {
  const { services, workspace } = context;
  const model = await findLoggedModel(services.db, workspace.id, id);
  if (!model || model.deletedAt) refuse(given, `There is no logged model ${id} in this workspace.`);
  if (path !== "" && !isSafePath(path)) refuse(given, "The path is not one of an artifact.");
  const prefix = loggedModelPrefix(workspace.id, model.id) + path;
  return { source: { kind: "prefix", prefix }, runId: model.sourceRunId ?? undefined, modelId: model.id };
}

async function ofVersion(context: MlflowContext, name: string, version: string): Promise<ModelSource> {
  const { services, workspace } = context;
  const asset = await getRegisteredModel(services.db, workspace.id, name);
  const found = await getVersionOf(services.db, asset, version);
  return { source: found.source, runId: found.runId ?? undefined };
}

/** The studio's own addresses: `<experiment>/<run>/artifacts/…`, `<experiment>/models/<id>/artifacts/…`, `models/<name>/<version>`. */
async function ofArtifacts(context: MlflowContext, given: string, path: string): Promise<ModelSource> {
  const [first = "", second = "", third = "", fourth = "", ...rest] = path.split("/");
  if (first === "models" && third && !fourth) return ofVersion(context, second, third);
  if (second === "models" && fourth === "artifacts")
    return ofLoggedModel(context, given, third, rest.join("/"));
  if (third === "artifacts") {
    return ofRun(context, given, second, [fourth, ...rest].filter(Boolean).join("/"));
  }
  return refuse(given, "It names no artifacts of this workspace.");
}

/**
 * What a client's `source` means: artifacts of a run or of a logged model of this workspace, another version, or an
 * address outside. A path of the server's own machine is none.
 */
export async function resolveModelSource(context: MlflowContext, given: string): Promise<ModelSource> {
  checkSource(given);
  const match = /^([a-z][a-z0-9+.-]*):(.*)$/i.exec(given);
  if (!match) {
    refuse(given, "A path of the client's machine cannot be registered; log the model to a run first.");
  }
  const [, scheme = "", rest = ""] = match;
  const path = rest.replace(/^\/+/, "").replace(/\/+$/, "");
  const [head = "", ...below] = path.split("/");
  switch (scheme.toLowerCase()) {
    case "runs":
      return ofRun(context, given, head, below.join("/"));
    case "models":
      if (/^m-/.test(head) && below.length === 0) return ofLoggedModel(context, given, head, "");
      if (below.length === 1) return ofVersion(context, head, below.join(""));
      return refuse(given, "Give models:/<model id> or models:/<name>/<version>.");
    case "mlflow-artifacts":
      if (rest.startsWith("//")) refuse(given, "Artifacts of another server cannot be registered.");
      return ofArtifacts(context, given, path);
    case "file":
      return refuse(
        given,
        "A path of the client's machine cannot be registered; log the model to a run first.",
      );
    case "http":
    case "https":
    case "s3":
    case "gs":
    case "wasbs":
    case "abfss":
    case "azureml":
      return { source: { kind: "uri", uri: given } };
    default:
      return refuse(given, `Addresses with ${scheme}: are not understood.`);
  }
}
