import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { preparePythonTools, toolPath } from "../services/python-tools.ts";
import { type Counts, countJunit, countOne, countPlaywright, countVitest } from "./reports.ts";
import { runCommand } from "./run-command.ts";
import { startTestStudio } from "./test-studio.ts";

export interface StageContext {
  root: string;
  /** A folder for reports, removed at the end. */
  reports: string;
  env: NodeJS.ProcessEnv;
}

export interface Stage {
  name: string;
  /** What the machine must have for it. */
  needs: ("browser" | "engine" | "services")[];
  run(context: StageContext): Promise<Counts>;
}

const minuteMs = 60_000;
const rules = "lib/testing/import-rules.test.ts";

export const stages: Stage[] = [
  { name: "types", needs: [], run: checkTypes },
  { name: "lint", needs: [], run: checkStyle },
  { name: "imports", needs: ["services"], run: (context) => runVitest(context, "imports", [rules]) },
  {
    name: "unit",
    needs: ["engine"],
    run: (context) => runVitest(context, "unit", ["--exclude", rules]),
  },
  { name: "python", needs: [], run: runPytest },
  { name: "browser", needs: ["browser", "engine"], run: runPlaywright },
  { name: "shell", needs: ["engine"], run: runShellTests },
];

async function checkTypes({ root, env }: StageContext): Promise<Counts> {
  // Next writes the types of its routes and of imported files; a clean clone has none.
  const next = join(root, "node_modules", "next", "dist", "bin", "next");
  const generated = await runCommand(process.execPath, [next, "typegen"], {
    cwd: root,
    env,
    timeoutMs: 2 * minuteMs,
  });
  if (generated !== 0) return countOne(generated);
  return countOne(await runBinary(root, "tsc", ["--noEmit"], env, 5 * minuteMs));
}

async function checkStyle({ root, env }: StageContext): Promise<Counts> {
  return countOne(await runBinary(root, "biome", ["check", "--error-on-warnings", "."], env, 2 * minuteMs));
}

async function runVitest(context: StageContext, name: string, args: string[]): Promise<Counts> {
  const report = join(context.reports, `${name}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const code = await runBinary(
    context.root,
    "vitest",
    ["run", ...reporters, ...args],
    context.env,
    30 * minuteMs,
  );
  return countVitest(report, code);
}

/** pytest in an environment that uv makes from the package's own test requirements; the package itself is not installed. */
async function runPytest(context: StageContext): Promise<Counts> {
  const folder = join(context.root, "python");
  const tools = join(context.root, ".atelier-test", "tools");
  await preparePythonTools(tools);
  const uv = (args: string[], timeoutMs: number, env = context.env) =>
    runCommand(toolPath(tools, "uv"), args, { cwd: folder, env, timeoutMs });
  const pins = join(context.reports, "python-requirements.txt");
  const compile = ["pip", "compile", "-q", "pyproject.toml", "--extra", "test", "-o", pins, "--no-header"];
  const resolved = await uv(compile, 2 * minuteMs);
  if (resolved !== 0) return countOne(resolved);
  const report = join(context.reports, "python.xml");
  const environment = ["run", "--isolated", "--no-project", "--with-requirements", pins];
  const options = ["-q", "-p", "no:cacheprovider", "-n", "auto", "--dist", "loadfile"];
  const pytest = ["python", "-m", "pytest", ...options, `--junitxml=${report}`];
  // Each process takes one core; libraries that start a thread per core would only stand in each other's way.
  const env = { ...context.env, OMP_NUM_THREADS: "1" };
  return countJunit(report, await uv([...environment, ...pytest], 30 * minuteMs, env));
}

async function runPlaywright(context: StageContext): Promise<Counts> {
  const report = join(context.reports, "browser.json");
  const env = { ...context.env, PLAYWRIGHT_JSON_OUTPUT_NAME: report };
  const args = ["test", "--reporter=list,json"];
  const code = await runBinary(context.root, "playwright", args, env, 30 * minuteMs);
  return countPlaywright(report, code);
}

/** Each `e2e/*.sh` is one test: it passes when it exits 0. They share one studio, whose address is in the environment. */
async function runShellTests({ root, env }: StageContext): Promise<Counts> {
  const folder = join(root, "e2e");
  const scripts = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".sh")) : [];
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  if (scripts.length === 0) return counts;
  const studio = await startTestStudio(env);
  try {
    for (const script of scripts.sort()) {
      const options = { cwd: root, env: { ...env, ...studio.env }, timeoutMs: 30 * minuteMs };
      const code = await runCommand("bash", [join(folder, script)], options);
      process.stdout.write(`${code === 0 ? "passed" : `failed (exit code ${code})`}  e2e/${script}\n`);
      counts[code === 0 ? "passed" : "failed"]++;
    }
  } finally {
    await studio.stop();
  }
  return counts;
}

function runBinary(root: string, name: string, args: string[], env: NodeJS.ProcessEnv, timeoutMs: number) {
  return runCommand(join(root, "node_modules", ".bin", name), args, { cwd: root, env, timeoutMs });
}
