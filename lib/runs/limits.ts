import { defaultRunLimits } from "#lib/computes/model.ts";
import type { CommandJobSpec } from "#lib/spec/kinds/command-job.ts";
import { sizeMib } from "#lib/spec/kinds/compute.ts";

export interface RunLimits {
  cpus: number;
  memoryMib: number;
  shmMib: number;
  /** Null: as long as it takes. */
  timeoutMs: number | null;
}

/**
 * What a run may use: `resources.properties.memory` and `.cpus` of the job, else its `docker_args`, else the target's
 * own limits, else the studio's defaults.
 */
export function limitsOf(
  spec: { [Key in "resources" | "limits"]?: CommandJobSpec[Key] | null | undefined },
  target: { cpus: number | null; memoryMib: number | null } | null,
): RunLimits {
  const args = dockerArgs(spec.resources?.docker_args ?? "");
  const asked = spec.resources?.properties ?? {};
  const memory = textOf(asked.memory) ?? args.get("memory");
  const cpus = Number(textOf(asked.cpus) ?? args.get("cpus"));
  const shm = spec.resources?.shm_size ?? args.get("shm-size");
  return {
    cpus: cpus > 0 ? cpus : (target?.cpus ?? defaultRunLimits.cpus),
    memoryMib: (memory ? memoryOf(memory) : null) ?? target?.memoryMib ?? defaultRunLimits.memoryMib,
    shmMib: (shm ? memoryOf(shm) : null) ?? 2048,
    timeoutMs: spec.limits?.timeout === undefined ? null : spec.limits.timeout * 1000,
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

/** MiB of a text like `512m` or `4g`; null for what is no size. */
export function memoryOf(text: string): number | null {
  return /^\d+[bkmg]?$/i.test(text) && Number.parseInt(text, 10) > 0 ? Math.max(6, sizeMib(text)) : null;
}

const names: Record<string, string> = {
  "-m": "memory",
  "--memory": "memory",
  "--cpus": "cpus",
  "--shm-size": "shm-size",
};

/** The flags of `docker_args` that say how much a run may use. The others would open the machine and are not passed on. */
function dockerArgs(text: string): Map<string, string> {
  const found = new Map<string, string>();
  const words = text.split(/\s+/).filter(Boolean);
  for (const [index, word] of words.entries()) {
    const [flag = "", value] = word.split("=", 2);
    const name = names[flag];
    const given = value ?? words[index + 1];
    if (name && given) found.set(name, given);
  }
  return found;
}
