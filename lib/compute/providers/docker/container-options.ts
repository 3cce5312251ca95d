import { posix } from "node:path";
import type Docker from "dockerode";
import type { ImageInfo, Labels, LaunchSpec } from "#lib/compute/port.ts";
import { invalid } from "#lib/core/errors.ts";

/** Where an attempt's files lie inside its container. */
export const containerRoot = "/atelier";
/** The program's home, where libraries keep what they like, apart from the run's own files. */
export const containerHome = `${containerRoot}/home`;
export const defaultUser = 1000;

const attemptLabel = "atelier.attempt";

/** The name is the lock: the engine makes one container of it. */
export function containerName(attemptId: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]{0,100}$/.test(attemptId)) {
    throw invalid("attemptId", "may hold letters, digits, dots, dashes and underscores only", attemptId);
  }
  return `atelier-${attemptId}`;
}

/** A path of a spec inside the container: absolute as it is, else below the attempt's folder. */
export function pathInContainer(path: string): string {
  return posix.resolve(containerRoot, path);
}

/** A non-root, unprivileged container with the limits of the spec. Its log driver keeps everything, so it replays exactly. */
export function containerOptions(
  spec: LaunchSpec,
  image: Pick<ImageInfo, "id" | "env">,
  labels: Labels,
  publishOn: string | null,
  networkId: string,
): Docker.ContainerCreateOptions {
  const user = spec.user ?? defaultUser;
  const ports = publishOn === null ? [] : (spec.ports ?? []);
  const { cpus, memoryMib, pids = 1024, shmMib = 64 } = spec.limits ?? {};
  return {
    name: containerName(spec.attemptId),
    Image: image.id,
    ...(spec.argv.length > 0 ? { Entrypoint: spec.argv.slice(0, 1), Cmd: spec.argv.slice(1) } : {}),
    Env: Object.entries(environmentOf(spec, image.env)).map(([name, value]) => `${name}=${value}`),
    WorkingDir: pathInContainer(spec.workingDir ?? "."),
    User: `${user}:${user}`,
    Labels: { ...labels, [attemptLabel]: spec.attemptId },
    ExposedPorts: Object.fromEntries(ports.map((port) => [`${port}/tcp`, {}])),
    StopSignal: "SIGTERM",
    HostConfig: {
      Init: true,
      CapDrop: ["ALL"],
      SecurityOpt: ["no-new-privileges"],
      PidsLimit: pids,
      ShmSize: shmMib * 1024 * 1024,
      Tmpfs: { "/tmp": "rw,nosuid,nodev,exec,mode=1777" },
      ...(cpus === undefined ? {} : { NanoCpus: Math.round(cpus * 1e9) }),
      // Swap at the same value: a run that outgrows its memory ends, instead of slowing the machine down.
      ...(memoryMib === undefined
        ? {}
        : { Memory: memoryMib * 1024 * 1024, MemorySwap: memoryMib * 1024 * 1024 }),
      NetworkMode: networkId,
      ...(spec.network === false ? {} : { ExtraHosts: ["host.docker.internal:host-gateway"] }),
      PortBindings: Object.fromEntries(
        ports.map((port) => [`${port}/tcp`, [{ HostIp: publishOn ?? "", HostPort: "" }]]),
      ),
      RestartPolicy: { Name: "no" },
      LogConfig: { Type: "json-file", Config: { "max-size": "1p", "max-file": "1" } },
    },
  };
}

/** A user without an entry in the image has no home and no name, which many libraries fail on; an image's own are kept. */
function environmentOf(spec: LaunchSpec, imageEnv: Record<string, string>): Record<string, string> {
  const defaults = { HOME: containerHome, USER: "atelier", LOGNAME: "atelier" };
  const missing = Object.entries(defaults).filter(([name]) => !(name in imageEnv));
  return { ...Object.fromEntries(missing), ...spec.env };
}
