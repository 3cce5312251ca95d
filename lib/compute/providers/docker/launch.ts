import type { ComputeHandle, ImageInfo, Labels, LaunchOptions, LaunchSpec } from "#lib/compute/port.ts";
import { AppError, invalid } from "#lib/core/errors.ts";
import { sleep } from "#lib/core/time.ts";
import { type EngineClient, engineWords, statusOf } from "./client.ts";
import {
  containerHome,
  containerName,
  containerOptions,
  containerRoot,
  defaultUser,
  pathInContainer,
} from "./container-options.ts";
import { createContainer, findContainer, handleOf } from "./containers.ts";
import { putAll } from "./files.ts";
import { gateLabel, isGateClosed, openGate, withGate } from "./gate.ts";
import { resolveImage } from "./images.ts";
import { ensureNetwork } from "./network.ts";

const appearTries = 50;
const appearPauseMs = 100;

/** Create, fill, start: each step is safe to repeat, so a launch that was cut anywhere is finished by the next one. */
export async function launchContainer(
  engine: EngineClient,
  spec: LaunchSpec,
  labels: Labels,
  options: LaunchOptions,
  publishOn: string | null,
): Promise<ComputeHandle> {
  const name = containerName(spec.attemptId);
  let found = await findContainer(engine, name);
  if (found === null) {
    const image = await imageOf(engine, spec, options);
    const network = spec.network === false ? "none" : await ensureNetwork(engine);
    await createContainer(engine, containerOptions(spec, image, labels, publishOn, network));
    found = await findContainer(engine, name);
    // The engine reserves a name before it shows the container: another launch may be making it at this moment.
    for (let tries = 0; found === null && tries < appearTries; tries += 1) {
      await sleep(appearPauseMs);
      found = await findContainer(engine, name);
    }
  }
  if (found === null) {
    throw new AppError("CONFLICT", {
      userMessage: "The container was removed while it was being started. Start the run again.",
    });
  }
  // One that has run stays as it ended: a second start would run the program twice.
  if (found.State.Status === "created") {
    await fillContainer(engine, found.Id, spec);
    await startContainer(engine, found.Id, spec.timeouts?.launchMs);
    if (found.Config.Labels[gateLabel] !== undefined) await openGate(engine, found.Id);
  } else if (found.State.Running && found.Config.Labels[gateLabel] !== undefined) {
    // Files may not come under a program that runs; to open an open gate does nothing.
    const fill = (spec.files ?? []).length > 0 && (await isGateClosed(engine, found));
    if (fill) await fillContainer(engine, found.Id, spec);
    await openGate(engine, found.Id);
  }
  return handleOf(found.Id, name);
}

/** Starts the container of a launch to come, which waits in front of its program: a start is most of a launch. */
export async function prepareContainer(
  engine: EngineClient,
  spec: LaunchSpec,
  labels: Labels,
): Promise<void> {
  const name = containerName(spec.attemptId);
  const image = await imageOf(engine, spec, {});
  const network = spec.network === false ? "none" : await ensureNetwork(engine);
  const options = withGate(containerOptions(spec, image, labels, null, network), spec.argv);
  // One that is there already is somebody else's to start, perhaps without a gate.
  if (!(await createContainer(engine, options))) return;
  const found = await findContainer(engine, name);
  if (found?.State.Status !== "created") return;
  await fillContainer(engine, found.Id, spec);
  await startContainer(engine, found.Id, spec.timeouts?.launchMs);
}

async function imageOf(engine: EngineClient, spec: LaunchSpec, options: LaunchOptions): Promise<ImageInfo> {
  if (spec.environment.kind !== "image") {
    throw invalid("environment", "must be an image: this compute runs containers");
  }
  const { pullMs } = spec.timeouts ?? {};
  return resolveImage(engine, spec.environment.image, {
    ...options,
    ...(pullMs === undefined ? {} : { pullMs }),
  });
}

async function fillContainer(engine: EngineClient, id: string, spec: LaunchSpec): Promise<void> {
  const user = spec.user ?? defaultUser;
  const trees = (spec.files ?? []).map((file) => ({ ...file, path: pathInContainer(file.path) }));
  // Only what is below the attempt's folder belongs to its user; an absolute working folder is the image's own.
  const folders = [containerHome, spec.workingDir ?? ".", ...(spec.dirs ?? [])].map(pathInContainer);
  const put = { folders: [...folders, ...trees.map((tree) => tree.path)], trees };
  await putAll(engine, id, containerRoot, put, user);
}

export async function startContainer(engine: EngineClient, id: string, timeoutMs = 60_000): Promise<void> {
  const start = async (abortSignal: AbortSignal) => {
    try {
      await engine.docker.getContainer(id).start({ abortSignal });
    } catch (error) {
      if (statusOf(error) === undefined) throw error;
      // 304 says that it runs; and another launch may have started it, and it may have ended since.
      const state = (await findContainer(engine, id))?.State;
      if (state !== undefined && (state.Status !== "created" || statusOf(error) === 304)) return;
      throw new AppError("UNPROCESSABLE", {
        userMessage: `The container could not be started. Docker said: ${engineWords(error)}`,
        cause: error,
      });
    }
  };
  await engine.call("start a container", start, { timeoutMs });
}
