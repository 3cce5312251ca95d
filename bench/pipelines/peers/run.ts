// A chain of 20 steps that each start an empty program, beside Prefect (steps in one process) and Dagster (a process for each).
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { definitionDigest } from "#lib/environments/digest.ts";
import { containerChain, moduleChain } from "../steps.ts";
import { startBenchStudio } from "../studio.ts";

const uv = process.env.ATELIER_UV ?? "uv";
const length = 20;
const folder = mkdtempSync(join(tmpdir(), "atelier-peers-"));
const python = join(folder, "venv", "bin", "python");
const run = (program: string, args: string[], env: Record<string, string> = {}) =>
  execFileSync(program, args, {
    encoding: "utf8",
    timeout: 600_000,
    env: { ...process.env, ...env },
    stdio: "pipe",
  });

function peer(script: string, env: Record<string, string>): number {
  const output = run(python, [join(import.meta.dirname, script), String(length)], env);
  return Number(/ms_per_step ([\d.]+)/.exec(output)?.[1]);
}

const definition = { kind: "pip" as const, requirements: [] };
const local = {
  compute: "local",
  provider: "local",
  environment: { name: "empty", definition, digest: definitionDigest(definition) },
};
const studio = await startBenchStudio(4);
const fresh = { forceRerun: true };

try {
  run(uv, ["venv", "-q", join(folder, "venv")]);
  run(uv, ["pip", "install", "-q", "--python", python, "-r", join(import.meta.dirname, "requirements.txt")]);
  const processes = () =>
    studio.time(
      containerChain(length).map((node) => ({ ...node, ...local })),
      fresh,
    );
  const modules = () => studio.time(moduleChain("local", length, String(Math.random())), fresh);
  await processes();
  await modules();
  const ours = { processes: (await processes()) / length, modules: (await modules()) / length };
  const prefect = peer("prefect_chain.py", {
    PREFECT_HOME: join(folder, "prefect"),
    PREFECT_LOGGING_LEVEL: "ERROR",
  });
  const dagster = peer("dagster_chain.py", {});
  const line = (what: string, ms: number) =>
    console.log(
      `  ${what.padEnd(40)}${ms.toFixed(1).padStart(9)} ms a step   ${(ms / prefect).toFixed(2)} × Prefect   ${(ms / dagster).toFixed(2)} × Dagster`,
    );
  line("commands as processes", ours.processes);
  line("modules on a warm worker", ours.modules);
  line("Prefect, in one process", prefect);
  line("Dagster, a process for each step", dagster);
} finally {
  await studio.close();
  rmSync(folder, { recursive: true, force: true });
}
