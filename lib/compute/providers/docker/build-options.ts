import type Docker from "dockerode";
import type { ImageBuildSpec } from "#lib/compute/port.ts";

/** Carries the name of the build; an image made on top of another has its own, so the two are never mistaken. */
export const imageNameLabel = "atelier.image";

type ImageConfig = Pick<
  Docker.ImageInspectInfo["Config"],
  "Env" | "Cmd" | "Entrypoint" | "WorkingDir" | "User"
>;

/** Root inside, without any privilege; what must not stay in the image is in volumes, which a commit leaves out. */
export function buildContainerOptions(
  spec: ImageBuildSpec,
  imageId: string,
  name: string,
  networkId: string,
): Docker.ContainerCreateOptions {
  const { command } = spec;
  const mounts: Docker.MountSettings[] = Object.entries(command?.caches ?? {}).map(([volume, path]) => ({
    Type: "volume",
    Source: volume,
    Target: path,
  }));
  if (command !== undefined) mounts.push({ Type: "volume", Source: "", Target: command.scratch });
  return {
    name,
    Image: imageId,
    // A container without a command is never started; it needs one all the same.
    Entrypoint: command?.argv.slice(0, 1) ?? ["/bin/true"],
    Cmd: command?.argv.slice(1) ?? [],
    User: "0:0",
    WorkingDir: "/",
    Labels: { "atelier.build": spec.name },
    HostConfig: {
      Init: true,
      CapDrop: ["ALL"],
      SecurityOpt: ["no-new-privileges"],
      Tmpfs: { "/tmp": "rw,nosuid,nodev,exec,mode=1777" },
      NetworkMode: networkId,
      ...(command === undefined ? {} : { ExtraHosts: ["host.docker.internal:host-gateway"] }),
      Mounts: mounts,
      LogConfig: { Type: "json-file", Config: { "max-size": "1p", "max-file": "1" } },
    },
  };
}

/**
 * What the image says of itself. The engine fills every empty field from the build container, so each field is given,
 * or the build's command would become the image's.
 */
export function commitConfig(spec: ImageBuildSpec, base: ImageConfig): Record<string, unknown> {
  const { env = {}, cmd, entrypoint, workingDir, user, exposedPorts = [] } = spec.config ?? {};
  const kept = (base.Env ?? []).filter((line) => !(line.slice(0, line.indexOf("=")) in env));
  return {
    Env: [...kept, ...Object.entries(env).map(([name, value]) => `${name}=${value}`)],
    Cmd: cmd ?? (base.Cmd?.length ? base.Cmd : ["/bin/sh"]),
    Entrypoint: entrypoint ?? base.Entrypoint ?? [],
    WorkingDir: workingDir ?? (base.WorkingDir || "/"),
    User: user ?? (base.User || "0"),
    ExposedPorts: Object.fromEntries(exposedPorts.map((port) => [`${port}/tcp`, {}])),
    Labels: { ...spec.labels, [imageNameLabel]: spec.name },
  };
}

/** Variables as a file that `sh` reads: single quotes, so that no value is ever run. */
export function exportLines(env: Record<string, string>): string {
  return Object.entries(env)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'\n`)
    .join("");
}
