import type Docker from "dockerode";
import { z } from "zod";
import type { ComputeHandle, ComputeState } from "#lib/compute/port.ts";
import { invalid } from "#lib/core/errors.ts";
import { type EngineClient, statusOf } from "./client.ts";

const handleSchema = z.object({ provider: z.literal("docker"), containerId: z.string(), name: z.string() });

/** The container that a handle names. */
export function idOf(handle: ComputeHandle): string {
  const parsed = handleSchema.safeParse(handle);
  if (!parsed.success) throw invalid("handle", "is not one of a Docker container");
  return parsed.data.containerId;
}

export function handleOf(containerId: string, name: string): ComputeHandle {
  return { provider: "docker", containerId, name };
}

export async function findContainer(
  engine: EngineClient,
  nameOrId: string,
): Promise<Docker.ContainerInspectInfo | null> {
  return engine.call("look at a container", async (abortSignal) => {
    try {
      return await engine.docker.getContainer(nameOrId).inspect({ abortSignal });
    } catch (error) {
      if (statusOf(error) === 404) return null;
      throw error;
    }
  });
}

/** False when the name is taken: another caller was first, or the answer of our own call was lost. */
export async function createContainer(
  engine: EngineClient,
  options: Docker.ContainerCreateOptions,
): Promise<boolean> {
  return engine.call("create a container", async (abortSignal) => {
    try {
      await engine.docker.createContainer({ ...options, abortSignal });
      return true;
    } catch (error) {
      if (statusOf(error) !== 409) throw error;
      return false;
    }
  });
}

/** Does something to a container; one that is gone, or already as wanted, is fine. */
export async function onContainer(
  engine: EngineClient,
  id: string,
  what: string,
  timeoutMs: number,
  work: (container: Docker.Container, abortSignal: AbortSignal) => Promise<unknown>,
): Promise<void> {
  const run = async (abortSignal: AbortSignal) => {
    try {
      await work(engine.docker.getContainer(id), abortSignal);
    } catch (error) {
      // 304: it had stopped. 404: it is gone. 409: its removal is under way.
      if (![304, 404, 409].includes(statusOf(error) ?? 0)) throw error;
    }
  };
  await engine.call(what, run, { timeoutMs });
}

export async function removeContainer(engine: EngineClient, id: string): Promise<void> {
  await onContainer(engine, id, "remove a container", 60_000, (container, abortSignal) =>
    container.remove({ force: true, v: true, abortSignal }),
  );
}

export function stateOf(found: Docker.ContainerInspectInfo | null): ComputeState {
  if (found === null) return { state: "missing" };
  const { State } = found;
  const startedAt = dateOf(State.StartedAt);
  // The engine notes the start after the fact: a short program can end, by its clock, before it began.
  const endedAt = dateOf(State.FinishedAt);
  const finishedAt = endedAt !== null && startedAt !== null && endedAt < startedAt ? startedAt : endedAt;
  const error = State.Error ? { error: State.Error } : {};
  if (State.Status === "created") {
    return State.Error
      ? { state: "exited", exitCode: State.ExitCode || 127, ...error }
      : { state: "created" };
  }
  if (State.Running) return { state: "running", ...(startedAt && { startedAt }) };
  return {
    state: "exited",
    exitCode: State.ExitCode,
    oomKilled: State.OOMKilled,
    ...(startedAt && { startedAt }),
    ...(finishedAt && { finishedAt }),
    ...error,
  };
}

/** The engine writes the year 1 for "never". */
function dateOf(text: string): Date | null {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() < 1970 ? null : date;
}
