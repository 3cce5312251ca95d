import { existsSync, readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { type Counts, countJunit, countOne, countPlaywright, countVitest } from "./reports.ts";
import type { Need } from "./resources.ts";
import { runCommand } from "./run-command.ts";
import type { StageOutput } from "./stage-output.ts";

export interface StageContext {
  root: string;
  /** A folder for reports, removed at the end. */
  reports: string;
  /** With what its `needs` tell. */
  env: NodeJS.ProcessEnv;
  output: StageOutput;
  /** Other lanes compute at the same time. */
  shared: boolean;
}

export interface Stage {
  name: string;
  /** Stages of one lane run one after the other, lanes beside each other. */
  lane: "quick" | "unit" | "browser";
  /** Stages of other lanes that must have ended. */
  after?: string[];
  needs: Need[];
  run(context: StageContext): Promise<Counts>;
}

const minuteMs = 60_000;
const cores = availableParallelism();
const rules = "lib/testing/import-rules.test.ts";

/**
 * In the order in which they are printed. The build of the pages writes where the types are read, so the studio starts
 * once they are checked.
 */
export const stages: Stage[] = [
  { name: "types", lane: "quick", needs: [], run: checkTypes },
  { name: "lint", lane: "quick", needs: [], run: checkStyle },
  {
    name: "imports",
    lane: "quick",
    needs: [],
    run: (context) => runVitest(context, "imports", [rules]),
  },
  {
    name: "unit",
    lane: "unit",
    needs: ["tools", "engine", "services"],
    run: (context) => runVitest(context, "unit", ["--exclude", rules]),
  },
  {
    name: "browser",
    lane: "browser",
    after: ["types"],
    needs: ["tools", "browser", "engine", "studio"],
    run: runPlaywright,
  },
  {
    name: "shell",
    lane: "quick",
    after: ["types"],
    needs: ["tools", "engine", "studio"],
    run: runShellTests,
  },
  // Last in its lane: it computes all the time, while the scripts of the shell mostly wait.
  { name: "python", lane: "quick", needs: ["tools"], run: runPytest },
];

async function checkTypes(context: StageContext): Promise<Counts> {
  const { root, env, output } = context;
  // Next writes the types of its routes and of imported files; a clean clone has none.
  const next = join(root, "node_modules", "next", "dist", "bin", "next");
  const generated = await runCommand(process.execPath, [next, "typegen"], {
    cwd: root,
    env,
    timeoutMs: 2 * minuteMs,
    output,
  });
  if (generated !== 0) return countOne(generated);
  return countOne(await runBinary(context, "tsc", ["--noEmit"], 5 * minuteMs));
}

async function checkStyle(context: StageContext): Promise<Counts> {
  return countOne(await runBinary(context, "biome", ["check", "--error-on-warnings", "."], 2 * minuteMs));
}

async function runVitest(context: StageContext, name: string, args: string[]): Promise<Counts> {
  const report = join(context.reports, `${name}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  // They wait as much as they compute, so alone on a machine one more than there are cores is at work.
  const workers = `--maxWorkers=${context.shared ? cores : cores + 1}`;
  const code = await runBinary(context, "vitest", ["run", workers, ...reporters, ...args], 30 * minuteMs);
  return countVitest(report, code);
}

/** pytest in an environment that uv makes from the package's own test requirements; the package itself is not installed. */
async function runPytest(context: StageContext): Promise<Counts> {
  const folder = join(context.root, "python");
  const { ATELIER_UV: program = "uv" } = context.env;
  const uv = (args: string[], timeoutMs: number, env = context.env) =>
    runCommand(program, args, { cwd: folder, env, timeoutMs, output: context.output });
  const pins = join(context.reports, "python-requirements.txt");
  const compile = ["pip", "compile", "-q", "pyproject.toml", "--extra", "test", "-o", pins, "--no-header"];
  const resolved = await uv(compile, 2 * minuteMs);
  if (resolved !== 0) return countOne(resolved);
  const report = join(context.reports, "python.xml");
  const environment = ["run", "--isolated", "--no-project", "--with-requirements", pins];
  const processes = context.shared ? Math.floor(cores / 2) : cores;
  // One alone needs nobody to hand out the work.
  const several = processes > 1 ? ["-n", String(processes), "--dist", "loadfile"] : [];
  const options = ["-q", "-p", "no:cacheprovider", ...several, `--junitxml=${report}`];
  const pytest = ["python", "-m", "pytest", ...options];
  // Each process takes one core; libraries that start a thread per core would only stand in each other's way.
  const env = { ...context.env, OMP_NUM_THREADS: "1" };
  return countJunit(report, await uv([...environment, ...pytest], 30 * minuteMs, env));
}

async function runPlaywright(context: StageContext): Promise<Counts> {
  const report = join(context.reports, "browser.json");
  const env = { ...context.env, PLAYWRIGHT_JSON_OUTPUT_NAME: report };
  const args = ["test", "--reporter=list,json"];
  const code = await runBinary({ ...context, env }, "playwright", args, 30 * minuteMs);
  return countPlaywright(report, code);
}

/** Each `e2e/*.sh` is one test: it passes when it exits 0. The address of the studio is in the environment. */
async function runShellTests({ root, env, output }: StageContext): Promise<Counts> {
  const folder = join(root, "e2e");
  const scripts = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".sh")) : [];
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const script of scripts.sort()) {
    const options = { cwd: root, env, timeoutMs: 30 * minuteMs, output };
    const code = await runCommand("bash", [join(folder, script)], options);
    output.write(`${code === 0 ? "passed" : `failed (exit code ${code})`}  e2e/${script}\n`);
    counts[code === 0 ? "passed" : "failed"]++;
  }
  return counts;
}

function runBinary({ root, env, output }: StageContext, name: string, args: string[], timeoutMs: number) {
  return runCommand(join(root, "node_modules", ".bin", name), args, { cwd: root, env, timeoutMs, output });
}
