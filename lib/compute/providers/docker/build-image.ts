import type Docker from "dockerode";
import { textTar } from "#lib/compute/archive.ts";
import type { ImageBuildSpec, ImageInfo, LaunchOptions } from "#lib/compute/port.ts";
import { AppError, invalid } from "#lib/core/errors.ts";
import { sleep } from "#lib/core/time.ts";
import { buildContainerOptions, commitConfig, exportLines, imageNameLabel } from "./build-options.ts";
import type { EngineClient } from "./client.ts";
import { createContainer, findContainer, removeContainer } from "./containers.ts";
import { putFolders, putTree } from "./files.ts";
import { findImage, findImageByLabels, resolveImage } from "./images.ts";
import { startContainer } from "./launch.ts";
import { LineSplitter } from "./lines.ts";
import { readLogs } from "./log-stream.ts";
import { ensureNetwork } from "./network.ts";

/** How long a container may stand unfinished before another builder takes it for abandoned. */
const abandonedMs = 2 * 60_000;
const commitMs = 15 * 60_000;

/**
 * One build container per name is the lock between builders: who creates it fills, starts and commits it; everyone
 * else watches it and finds the image by its label. When its creator dies, the container goes on and a watcher
 * commits it.
 */
export async function buildImage(
  engine: EngineClient,
  spec: ImageBuildSpec,
  options: LaunchOptions,
): Promise<ImageInfo> {
  if (!/^[a-z0-9][a-z0-9-]{0,100}$/.test(spec.name))
    throw invalid("name", "may hold lower-case letters, digits and dashes");
  const container = `atelier-build-${spec.name}`;
  while (!options.signal?.aborted) {
    const built = await findImageByLabels(engine, { ...spec.labels, [imageNameLabel]: spec.name });
    if (built !== null) return built;
    const found = await findContainer(engine, container);
    if (found === null) {
      const base = await resolveImage(engine, spec.base, options);
      const network = spec.command === undefined ? "none" : await ensureNetwork(engine);
      if (!(await createContainer(engine, buildContainerOptions(spec, base.id, container, network))))
        continue;
      return await ownBuild(engine, spec, container, options);
    }
    const image = await watchBuild(engine, spec, found, options);
    if (image !== null) return image;
  }
  throw new AppError("CONFLICT", { userMessage: "The image build was stopped." });
}

async function ownBuild(
  engine: EngineClient,
  spec: ImageBuildSpec,
  container: string,
  options: LaunchOptions,
): Promise<ImageInfo> {
  try {
    await fill(engine, spec, container);
    if (spec.command !== undefined) {
      await startContainer(engine, container);
      await waitForEnd(engine, spec, container, options);
    }
    return await commit(engine, spec, container);
  } finally {
    // A caller that left does not end the build: whoever wants the image next finds it further on.
    if (!options.signal?.aborted) await removeContainer(engine, container);
  }
}

/** Null when the caller should look again: the image may be there, or the build may be free to start. */
async function watchBuild(
  engine: EngineClient,
  spec: ImageBuildSpec,
  found: Docker.ContainerInspectInfo,
  options: LaunchOptions,
): Promise<ImageInfo | null> {
  const ageMs = Date.now() - Date.parse(found.Created);
  if (found.State.Status === "created") {
    if (ageMs > abandonedMs) await removeContainer(engine, found.Id);
    else await sleep(500, options.signal);
    return null;
  }
  if (found.State.Running) {
    await waitForEnd(engine, spec, found.Id, options);
    return null;
  }
  const endedMs = Date.now() - Date.parse(found.State.FinishedAt);
  if (endedMs < 20_000) {
    await sleep(500, options.signal);
    return null;
  }
  const image = found.State.ExitCode === 0 ? await commit(engine, spec, found.Id) : null;
  await removeContainer(engine, found.Id);
  return image;
}

async function fill(engine: EngineClient, spec: ImageBuildSpec, container: string): Promise<void> {
  for (const tree of spec.files ?? []) {
    await putFolders(engine, container, tree.path, [], 1000);
    await putTree(engine, container, tree, 1000);
  }
  if (spec.command === undefined) return;
  const { scratch, scratchFiles, env } = spec.command;
  const envFile = { path: scratch, open: () => textTar({ "env.sh": exportLines(env) }, 0o600) };
  for (const tree of [envFile, ...scratchFiles]) await putTree(engine, container, tree, 0);
}

/** Gives the lines on, and throws when the command failed or took too long. */
async function waitForEnd(
  engine: EngineClient,
  spec: ImageBuildSpec,
  container: string,
  options: LaunchOptions,
): Promise<void> {
  const startedAt = Date.parse((await findContainer(engine, container))?.State.StartedAt ?? "");
  const controller = new AbortController();
  const timeoutMs = spec.command?.timeoutMs ?? 0;
  const timer = setTimeout(() => controller.abort(), Math.max(0, startedAt + timeoutMs - Date.now()));
  const signal = options.signal ? AbortSignal.any([controller.signal, options.signal]) : controller.signal;
  const lines = new LineSplitter((line) => options.onProgress?.(line));
  try {
    for await (const bytes of readLogs(engine, container, { follow: true, signal })) lines.take(bytes);
  } finally {
    clearTimeout(timer);
    lines.end();
  }
  if (options.signal?.aborted)
    throw new AppError("CONFLICT", { userMessage: "The image build was stopped." });
  if (controller.signal.aborted) {
    await removeContainer(engine, container);
    throw new AppError("TIMEOUT", {
      userMessage: `The build took longer than ${Math.round(timeoutMs / 60_000)} min and was stopped.`,
      details: { lastLines: lines.last },
    });
  }
  const state = (await findContainer(engine, container))?.State;
  if (state === undefined || state.ExitCode === 0) return;
  throw new AppError("UNPROCESSABLE", {
    userMessage: `The build ended with exit code ${state.ExitCode}.\n${lines.last.join("\n")}`,
    details: { lastLines: lines.last, exitCode: state.ExitCode },
  });
}

async function commit(engine: EngineClient, spec: ImageBuildSpec, container: string): Promise<ImageInfo> {
  const id = await engine.call(
    "commit an image",
    async (abortSignal) => {
      const base = await engine.docker.getImage(spec.base).inspect({ abortSignal } as object);
      const _query = {
        container,
        repo: `atelier/${spec.name}`,
        tag: "latest",
        comment: "Built by the studio",
      };
      const request = { _query, _body: commitConfig(spec, base.Config ?? {}), abortSignal };
      const answer: { Id: string } = await engine.docker.getContainer(container).commit(request);
      return answer.Id;
    },
    { timeoutMs: commitMs },
  );
  const image = await findImage(engine, id);
  if (image === null)
    throw new AppError("UNAVAILABLE", {
      userMessage: "The engine lost the image that was just built. Build it again.",
    });
  return image;
}
