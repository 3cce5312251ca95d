import type { Duplex } from "node:stream";
import type Docker from "dockerode";
import { withTimeout } from "#lib/core/time.ts";
import { type EngineClient, statusOf } from "./client.ts";

/** On a container that was started before its program may run: a shell waits for a line and then becomes the program. */
export const gateLabel = "atelier.gate";

const gate = 'read -r atelier_gate || exit 125; exec "$@" </dev/null';

/** Makes a container wait. Its shell is the one that runs commands anyway. */
export function withGate(
  options: Docker.ContainerCreateOptions,
  argv: string[],
): Docker.ContainerCreateOptions {
  return {
    ...options,
    Entrypoint: ["/bin/sh"],
    Cmd: ["-c", gate, "sh", ...argv],
    OpenStdin: true,
    StdinOnce: true,
    Labels: { ...options.Labels, [gateLabel]: "1" },
  };
}

/** Whether the program of a running container still waits. The engine is asked, so that it holds after any crash. */
export async function isGateClosed(
  engine: EngineClient,
  found: Docker.ContainerInspectInfo,
): Promise<boolean> {
  if (!found.State.Running || found.Config.Labels[gateLabel] === undefined) return false;
  return engine.call("list the processes of a container", async (abortSignal) => {
    try {
      const top: unknown = await engine.docker
        .getContainer(found.Id)
        .top({ ps_args: "-eo pid,args", abortSignal } as object);
      const { Processes } = top as { Processes: string[][] | null };
      return (Processes ?? []).some((columns) => columns.join(" ").includes("atelier_gate"));
    } catch (error) {
      // It has ended by now.
      if (statusOf(error) === undefined) throw error;
      return false;
    }
  });
}

/** Lets the program run. Once more does nothing. */
export async function openGate(engine: EngineClient, id: string): Promise<void> {
  await engine.call("let a container run", async (abortSignal) => {
    const options = { stream: true, stdin: true, hijack: true, abortSignal };
    const stream = (await engine.docker.getContainer(id).attach(options)) as unknown as Duplex;
    await withTimeout(5000, async (signal) => {
      signal.addEventListener("abort", () => stream.destroy(new Error("the container took no line")));
      await new Promise<void>((resolve, reject) => {
        stream.once("error", reject);
        stream.end("go\n", () => resolve());
      });
    });
  });
}
