import { eq } from "drizzle-orm";
import { attempts } from "#db/schema/index.ts";
import type { ComputeHandle, FileTree, Labels, LaunchSpec } from "#lib/compute/port.ts";
import { isAppError } from "#lib/core/errors.ts";
import { environmentDefinitionSchema } from "#lib/environments/build/definition.ts";
import { ensureEnvironment } from "#lib/environments/ensure.ts";
import { openFileSet } from "#lib/files/file-set.ts";
import { moveRun, noteRun } from "#lib/runs/transition.ts";
import { checkValues, textsOf } from "./check-values.ts";
import { commandLaunch } from "./command-launch.ts";
import { type HeldAttempt, writeHeld } from "./held-attempt.ts";
import { packFileSet, placeInput } from "./input-files.ts";
import { runLabel, studioLabel, workspaceLabel } from "./labels.ts";
import type { HeldJob } from "./load-held-job.ts";
import { isolatedLaunch } from "./pipelines/isolated-module.ts";
import { codeFolder } from "./places.ts";
import { RunFailure } from "./run-failure.ts";
import { runVariables } from "./run-variables.ts";
import { SystemLog } from "./system-log.ts";

/** From a claimed attempt to a started command: environment, files, launch. Safe to repeat after a crash anywhere in it. */
export async function launchAttempt(held: HeldAttempt, job: HeldJob): Promise<ComputeHandle> {
  const { attempt } = held;
  const log = new SystemLog(held);
  await writeHeld(held, (tx) => moveRun(tx, held.run.id, { to: "Preparing", attemptId: attempt.id }));
  if (held.step) checkValues(held.step, textsOf(job.ports));
  try {
    const { environment, said } = await prepareEnvironment(held, log);
    if (held.step) held.prepared.prepareAfter(held, job, environment);
    const ready = await held.prepared.whenReady(attempt.id);
    const spec = await buildLaunchSpec(held, job, { environment, ready }, log);
    log.line("Starting the command");
    const handle = await held.provider.launch(spec, labelsOf(held, job), {
      onProgress: (line) => void log.progress(line).catch(() => {}),
      signal: AbortSignal.any([held.lost, held.cancel]),
    });
    log.line("Started");
    const now = new Date();
    await writeHeld(held, async (tx) => {
      await tx.update(attempts).set({ handle, launchedAt: now }).where(eq(attempts.id, attempt.id));
      await noteRun(tx, held.run, said, attempt.id);
      await moveRun(tx, held.run.id, { to: "Running", attemptId: attempt.id, set: { startedAt: now } });
    });
    return handle;
  } finally {
    const saved = log.save("preparation").catch(() => {});
    // People who look at a step of a pipeline look later; the next step need not wait for it.
    if (!held.step) await saved;
  }
}

export function labelsOf(
  { studioId, run }: Pick<HeldAttempt, "studioId" | "run">,
  { workspaceName }: HeldJob,
): Labels {
  return { [studioLabel]: studioId, [runLabel]: run.name, [workspaceLabel]: workspaceName };
}

/** Also what there is to say of it; the transaction that follows soon takes it along. */
async function prepareEnvironment(
  held: HeldAttempt,
  log: SystemLog,
): Promise<{ environment: LaunchSpec["environment"]; said: string }> {
  const { run, services, provider } = held;
  const definition = environmentDefinitionSchema.parse(run.environment?.definition);
  const name = run.environment?.name ?? "environment";
  const startedAt = Date.now();
  log.line(`Environment ${name}`);
  try {
    const { environment, cached } = await ensureEnvironment(services, definition, {
      provider,
      onLine: (line) => log.progress(line),
      signal: AbortSignal.any([held.lost, held.cancel]),
    });
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
    const what = environment.kind === "image" ? "image" : "environment";
    const said = cached ? `${what} cached` : `${what} built in ${seconds} s`;
    log.line(said);
    return { environment, said };
  } catch (error) {
    if (!isAppError(error)) throw error;
    log.line(error.userMessage);
    // An image that the engine lacks and no registry has: the engine itself answers, so trying again changes nothing.
    const noRegistry =
      definition.kind === "image" &&
      error.code === "UNAVAILABLE" &&
      (await provider.capabilities()).available;
    if (error.status >= 500 && !noRegistry) throw error;
    const missing = error.code === "NOT_FOUND" || noRegistry;
    throw new RunFailure(
      {
        code: missing ? "IMAGE_MISSING" : "ENVIRONMENT_FAILED",
        message: `The environment ${name} could not be made ready: ${error.userMessage}`,
        hint: missing
          ? "Check the image's name, or pull it on the studio's machine."
          : "Change its packages, and run again.",
      },
      "Preparing",
    );
  }
}

async function buildLaunchSpec(
  held: HeldAttempt,
  job: HeldJob,
  /** `ready` is what waits for its launch already: its variables are set. */
  { environment, ready }: { environment: LaunchSpec["environment"]; ready: LaunchSpec | null },
  log: SystemLog,
): Promise<LaunchSpec> {
  const { services, run, provider, attempt } = held;
  const root = provider.rootOf(attempt.id);
  const files: FileTree[] = [];
  const folders: string[] = [];
  const inputs = new Map<string, string>();
  for (const port of job.ports.filter(({ direction }) => direction === "input")) {
    const placed = await placeInput(services, run.workspaceId, port, root);
    inputs.set(port.name, placed.text);
    files.push(...placed.files);
    folders.push(...placed.folders);
    if (placed.fileCount > 0) {
      log.line(`${port.uri} placed at ${placed.text} (${placed.fileCount} files, ${placed.sizeBytes} bytes)`);
    }
  }
  if (run.snapshotDigest) {
    const set = openFileSet(services, run.workspaceId, { kind: "tree", digest: run.snapshotDigest });
    const list = await set.list();
    files.push({ path: codeFolder, open: () => packFileSet(set, list) });
    log.line(`Code: ${list.length} files`);
  }
  const spec = ready ?? (await describeLaunch(held, job, { attemptId: attempt.id, environment, inputs }));
  const dirs = [...(spec.dirs ?? []), ...folders];
  if (held.step?.kind === "module") {
    const { argv, env, files: more } = await isolatedLaunch(held.step, root, inputs);
    log.line(`$ ${argv.join(" ")}`);
    return { ...spec, argv, env: { ...spec.env, ...env }, files: [...files, ...more], dirs };
  }
  log.line(`$ ${spec.argv.at(-1)}`);
  return { ...spec, files, dirs };
}

/** A launch without its files: all of it is known before the steps that it reads from have ended. */
export async function describeLaunch(
  held: Pick<HeldAttempt, "services" | "provider" | "run" | "attempt">,
  job: HeldJob,
  given: { attemptId: string; environment: LaunchSpec["environment"]; inputs: Map<string, string> },
): Promise<LaunchSpec> {
  const { spec, place } = await commandLaunch(held.provider, job, given);
  const env = { ...(await runVariables(held, { ...job, ...place })), ...job.environmentVariables };
  return { ...spec, env };
}
