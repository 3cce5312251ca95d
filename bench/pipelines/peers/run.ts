// A chain of steps that each start an empty program, beside Prefect and Dagster doing so in processes. `run.ts [rounds] [steps]`.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { definitionDigest } from "#lib/environments/digest.ts";
import { containerChain, moduleChain } from "../steps.ts";
import { startBenchStudio } from "../studio.ts";

const uv = process.env.ATELIER_UV ?? "uv";
const rounds = Number(process.argv[2] ?? 3);
const length = Number(process.argv[3] ?? 20);
const ours = {
  processes: "Atelier, commands as processes",
  modules: "Atelier, modules on a warm worker (a fork for each)",
};
const peers = {
  prefect: "Prefect, ProcessPoolTaskRunner",
  dagster: "Dagster, multiprocess executor",
};
const remarks = {
  warm: "Prefect, ProcessPoolTaskRunner, after the first step",
  threads: "Prefect, tasks in the process of the flow",
};
const folder = mkdtempSync(join(tmpdir(), "atelier-peers-"));
const python = join(folder, "venv", "bin", "python");
const run = (program: string, args: string[], env: Record<string, string> = {}) =>
  execFileSync(program, args, {
    encoding: "utf8",
    timeout: 1_800_000,
    env: { ...process.env, ...env },
    stdio: "pipe",
  });

/** What a script printed under each name. */
function peer(script: string, args: string[], env: Record<string, string> = {}): Record<string, number> {
  const output = run(python, [join(import.meta.dirname, script), ...args], env);
  return Object.fromEntries(
    [...output.matchAll(/^(\w+) ([\d.]+)$/gm)].map(([, name, value]) => [name, Number(value)]),
  );
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
  const prefect = (kind: "processes" | "threads") =>
    peer("prefect_chain.py", [kind, String(length)], {
      PREFECT_HOME: join(folder, "prefect"),
      PREFECT_LOGGING_LEVEL: "ERROR",
      PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS: "300",
    });
  await processes();
  await modules();
  const times = new Map<string, number[]>();
  // Printed as found, since the slow ones take minutes.
  const note = (what: string, ms = NaN) => {
    times.set(what, [...(times.get(what) ?? []), ms]);
    console.log(`    ${what}: ${ms.toFixed(1)} ms`);
  };
  // By turns, so that what else the machine does touches all.
  for (let round = 0; round < rounds; round++) {
    note(ours.processes, (await processes()) / length);
    const pool = prefect("processes");
    note(peers.prefect, pool.ms_per_step);
    note(remarks.warm, pool.ms_per_step_warm);
    note(ours.modules, (await modules()) / length);
    note(peers.dagster, peer("dagster_chain.py", [], { LENGTH: String(length) }).ms_per_step);
    note(remarks.threads, prefect("threads").ms_per_step);
  }
  const found = (what: string) => times.get(what)?.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? NaN;
  const print = (what: string, more = "") =>
    console.log(`  ${what.padEnd(56)}${found(what).toFixed(1).padStart(9)} ms   ${more}`);
  console.log(`a step of a chain of ${length}, median of ${rounds}`);
  for (const what of Object.values(peers)) print(what);
  for (const what of Object.values(ours)) {
    const ratio = (other: string) => (found(what) / found(other)).toFixed(2);
    print(what, `${ratio(peers.prefect)} × Prefect, ${ratio(peers.dagster)} × Dagster`);
  }
  console.log("for the record, without a process for each run of a step or of the pool:");
  for (const what of Object.values(remarks)) print(what);
} finally {
  await studio.close();
  rmSync(folder, { recursive: true, force: true });
}
