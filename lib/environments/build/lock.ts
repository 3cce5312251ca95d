import { readConda } from "./conda.ts";
import {
  checkRequirements,
  defaultPython,
  type EnvironmentDefinition,
  type PythonPackages,
} from "./definition.ts";
import { type OnLine, runUv } from "./uv.ts";

const lockMs = 10 * 60_000;

/** Every package with its exact version, one a line, sorted. */
export interface Lock {
  text: string;
  python: string;
}

export interface LockOptions {
  home: string;
  /** Where it will run: `linux/amd64`. */
  platform: string;
  /**
   * Whether a package without wheels may run its own set-up on this machine to say what it needs. Only where people
   * run programs on this machine anyway.
   */
  allowBuilds?: boolean;
  onLine?: OnLine | undefined;
  signal?: AbortSignal | undefined;
}

/** What a definition asks for; an image asks for nothing. */
export function packagesOf(definition: EnvironmentDefinition): PythonPackages | null {
  if (definition.kind === "image") return null;
  const packages =
    definition.kind === "conda"
      ? readConda(definition.conda)
      : { requirements: definition.requirements, python: definition.python ?? defaultPython };
  return { ...packages, requirements: checkRequirements(packages.requirements) };
}

/** Resolves packages to exact versions. The same versions are found again only by keeping the lock. */
export async function lockRequirements(packages: PythonPackages, options: LockOptions): Promise<Lock> {
  const { home, onLine, signal } = options;
  const text = await runUv({
    home,
    args: [
      ...compileArgs(packages.python, options.platform),
      ...(options.allowBuilds ? [] : ["--no-build"]),
      "-",
    ],
    stdin: `${packages.requirements.join("\n")}\n`,
    timeoutMs: lockMs,
    what: "The packages could not be resolved",
    onLine,
    signal,
  });
  return lockOf(packages, text);
}

/** The indexes that the packages name belong to the lock; the operator's own stay out of it, since they may hold secrets. */
export function lockOf(packages: PythonPackages, pins: string): Lock {
  const indexes = packages.requirements.filter((line) =>
    /^(-i|-f|--index-url|--extra-index-url|--find-links)\b/.test(line),
  );
  return { text: [...indexes, pins].join("\n"), python: packages.python };
}

/** The arguments of `uv pip compile` for a Python and a platform; the requirements follow. */
export function compileArgs(python: string, platform: string): string[] {
  const uvPlatform = {
    "linux/amd64": "x86_64-unknown-linux-gnu",
    "linux/arm64": "aarch64-unknown-linux-gnu",
  }[platform];
  return [
    ...[
      "pip",
      "compile",
      "--no-header",
      "--no-annotate",

      "--python-version",
      python,
    ],
    ...(uvPlatform === undefined ? [] : ["--python-platform", uvPlatform]),
  ];
}
