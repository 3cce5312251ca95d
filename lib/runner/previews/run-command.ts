import type { AssetSource } from "#db/schema/index.ts";
import { isValueType } from "#lib/components/model.ts";
import type { ComputeHandle, ComputeProvider, FileTree, LaunchSpec } from "#lib/compute/port.ts";
import { resolveTarget } from "#lib/computes/queries.ts";
import { isAppError } from "#lib/core/errors.ts";
import { newId } from "#lib/core/ids.ts";
import type { PreviewCommandWish, PreviewFailure, PreviewStepResult } from "#lib/designer/previews/port.ts";
import { environmentDefinitionSchema } from "#lib/environments/build/definition.ts";
import { ensureEnvironment } from "#lib/environments/ensure.ts";
import { createTree, storeBlob } from "#lib/files/commands.ts";
import { openFileSet } from "#lib/files/file-set.ts";
import { findValueText } from "#lib/files/value-text.ts";
import { wordOf } from "#lib/pipelines/plan/flatten.ts";
import { limitsOf } from "#lib/runs/limits.ts";
import type { Services } from "#lib/services/services.ts";
import { commandLaunch } from "../command-launch.ts";
import { isOneFile } from "../declared-outputs.ts";
import { packFileSet, placeInput } from "../input-files.ts";
import { previewLabel, studioLabel } from "../labels.ts";
import { findWrongValue } from "../output-values.ts";
import { codeFolder, outputsFolder } from "../places.ts";
import { readFiles } from "../read-files.ts";
import { RunFailure } from "../run-failure.ts";
import { placeVariables } from "../run-variables.ts";
import { followProgram } from "./follow-program.ts";
import { sampleInput } from "./sample-input.ts";

export interface CommandPlace {
  services: Services;
  workspaceId: string;
  provider: ComputeProvider;
  studioId: string;
}

/**
 * Runs the program of a step for a preview: as a run would, in the same environment with the same limits, but on a sample,
 * with no run to write to and no key to the studio. Its outputs are transient trees when this resolves; what failed in a
 * way that another try would not mend is an answer.
 */
export async function runCommand(
  place: CommandPlace,
  wish: PreviewCommandWish,
  signal: AbortSignal,
  onSaid: (text: string) => void,
): Promise<PreviewStepResult> {
  const { provider, studioId, workspaceId } = place;
  const labels = { [studioLabel]: studioId, [previewLabel]: `${workspaceId} ${wish.preview}` };
  for (const { handle } of await provider.list(labels)) await provider.remove(handle);
  let handle: ComputeHandle | null = null;
  try {
    const { spec, timeoutMs } = await prepare(place, wish, signal, onSaid);
    onSaid("Starting its container");
    handle = await provider.launch(spec, labels, { onProgress: onSaid, signal });
    onSaid("");
    const startedAt = Date.now();
    const failed = await followProgram(provider, handle, {
      signal,
      timeoutMs,
      memoryMib: spec.limits?.memoryMib ?? 0,
    });
    if (failed) return { failed };
    const seconds = (Date.now() - startedAt) / 1000;
    const outputs = await keepOutputs(place, wish, handle, signal);
    return "failed" in outputs ? outputs : { outputs: outputs.digests, seconds, fact: null };
  } catch (error) {
    signal.throwIfAborted();
    const failed = toFailure(error);
    if (failed) return { failed };
    throw error;
  } finally {
    if (handle) await provider.remove(handle).catch(() => {});
  }
}

/** What would be the same at the next try. */
function toFailure(error: unknown): PreviewFailure | null {
  if (error instanceof RunFailure) return error.error;
  if (!isAppError(error) || error.status >= 500) return null;
  const { hint } = error.details as { hint?: string };
  return { code: "NOT_STARTED", message: error.userMessage, hint };
}

async function prepare(
  { services, workspaceId, provider }: CommandPlace,
  { command, parameters, inputs, sampleRows, timeoutMs }: PreviewCommandWish,
  signal: AbortSignal,
  onSaid: (text: string) => void,
): Promise<{ spec: LaunchSpec; timeoutMs: number }> {
  onSaid("Making its environment ready");
  const { environment } = await ensureEnvironment(
    services,
    environmentDefinitionSchema.parse(command.environment.definition),
    { provider, signal, onLine: (line) => onSaid(line.slice(0, 120)) },
  );
  onSaid("Bringing its data");
  const attemptId = newId("prv");
  const root = provider.rootOf(attemptId);
  const files: FileTree[] = [];
  const folders: string[] = [];
  const texts = new Map(Object.entries(parameters).map(([name, value]) => [name, wordOf(value)]));
  for (const [name, given] of Object.entries(inputs)) {
    const { type = "uri_folder", mode = "ro_mount", uri = "" } = command.inputs[name] ?? {};
    const cuts = sampleRows !== null && mode !== "direct";
    const source: AssetSource = cuts
      ? await sampleInput(services, workspaceId, { name, type, source: given }, sampleRows)
      : given;
    const port = {
      name,
      type,
      mode,
      uri,
      source,
      value: null,
      mayBeEmpty: uri === "" && type !== "uri_file",
    };
    const placed = await placeInput(services, workspaceId, port, root);
    texts.set(name, placed.text);
    files.push(...placed.files);
    folders.push(...placed.folders);
    signal.throwIfAborted();
  }
  if (command.codeDigest) {
    const set = openFileSet(services, workspaceId, { kind: "tree", digest: command.codeDigest });
    const list = await set.list();
    files.push({ path: codeFolder, open: () => packFileSet(set, list) });
  }
  const { target } = await resolveTarget(services.db, workspaceId, command.compute);
  const limits = limitsOf(
    { resources: command.resources as Parameters<typeof limitsOf>[0]["resources"] },
    target,
  );
  const job = { command: command.text, outputs: command.outputs, limits };
  const { spec, place } = await commandLaunch(provider, job, { attemptId, environment, inputs: texts });
  const ownMs = (command.timeoutSeconds ?? Number.POSITIVE_INFINITY) * 1000;
  return {
    spec: {
      ...spec,
      env: {
        ...placeVariables(provider, place),
        // What it tracks goes with its container.
        MLFLOW_TRACKING_URI: `file://${root}/home/mlruns`,
        MLFLOW_ALLOW_FILE_STORE: "true",
        ...command.environmentVariables,
      },
      files,
      dirs: [...spec.dirs, ...folders],
    },
    timeoutMs: Math.min(timeoutMs, ownMs),
  };
}

async function keepOutputs(
  { services, workspaceId, provider }: CommandPlace,
  { command }: PreviewCommandWish,
  handle: ComputeHandle,
  signal: AbortSignal,
): Promise<{ digests: Record<string, string> } | { failed: PreviewFailure }> {
  const digests: Record<string, string> = {};
  const written: { name: string; value: string }[] = [];
  for (const [name, { type }] of Object.entries(command.outputs)) {
    const files: { path: string; sha256: string }[] = [];
    const folder = `${outputsFolder}/${name}`;
    await readFiles({ provider, handle, folder, signal }, async (path, body) => {
      files.push({ path, sha256: (await storeBlob(services, workspaceId, body, "transient")).sha256 });
    });
    if (files.length === 0 && isOneFile(type) && !isValueType(type))
      return {
        failed: { code: "OUTPUT_MISSING", message: `The command wrote nothing to its output “${name}”.` },
      };
    const made = await createTree(services.db, workspaceId, files, "transient");
    digests[name] = made.digest;
    if (!isValueType(type)) continue;
    const value = await findValueText(services, workspaceId, { kind: "tree", digest: made.digest });
    if (value !== null) written.push({ name, value });
  }
  const wrong = findWrongValue(command.outputs, written);
  return wrong === null ? { digests } : { failed: { code: "OUTPUT_WRONG", message: wrong } };
}
