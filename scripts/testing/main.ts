import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { giveUp, say } from "../bootstrap/say.mjs";
import { startTestServices, stopTestServices } from "../services/test-services.ts";
import { baseImage, ensureBaseImage } from "./base-image.ts";
import { ensureEngine } from "./engine.ts";
import { ensureMachine, findBrowser } from "./machine.ts";
import type { Counts } from "./reports.ts";
import { type Stage, type StageContext, stages } from "./stages.ts";

interface Result extends Counts {
  name: string;
  seconds: number;
}

const root = join(import.meta.dirname, "..", "..");

async function main(): Promise<void> {
  const chosen = chooseStages(process.argv.slice(2));
  const needs = new Set(chosen.flatMap((stage) => stage.needs));
  if (needs.has("browser")) ensureMachine(["browser"]);
  const engine = needs.has("engine") ? await ensureEngine() : null;
  const reports = mkdtempSync(join(tmpdir(), "atelier-reports-"));
  const results: Result[] = [];
  // One database server and one store for every stage, ended here even when a stage is killed.
  const services = needs.has("services") ? await startTestServices(`npm-test-${process.pid}`) : null;
  try {
    if (engine && !process.env.ATELIER_BASE_IMAGE) await ensureBaseImage(engine.host);
    const context: StageContext = {
      root,
      reports,
      env: { ...testEnvironment(engine?.host), ...services?.env },
    };
    for (const stage of chosen) results.push(await runStage(stage, context));
  } finally {
    if (services) await stopTestServices(services);
    await engine?.stop();
    rmSync(reports, { recursive: true, force: true });
  }
  printSummary(results);
  process.exit(results.some((result) => result.failed > 0) ? 1 : 0);
}

function chooseStages(args: string[]): Stage[] {
  const at = args.findIndex((arg) => arg === "--only" || arg.startsWith("--only="));
  if (at === -1) return stages;
  const names = (args[at]?.split("=")[1] ?? args[at + 1] ?? "").split(",").filter(Boolean);
  const unknown = names.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0 || names.length === 0) {
    throw new Error(`--only takes names with commas, of: ${stages.map((stage) => stage.name).join(", ")}`);
  }
  return stages.filter((stage) => names.includes(stage.name));
}

function testEnvironment(dockerHost: string | undefined): NodeJS.ProcessEnv {
  const browser = findBrowser();
  return {
    NODE_ENV: "test",
    NEXT_TELEMETRY_DISABLED: "1",
    ATELIER_BASE_IMAGE: process.env.ATELIER_BASE_IMAGE ?? baseImage,
    ...(dockerHost ? { DOCKER_HOST: dockerHost } : {}),
    ...(browser ? { CHROMIUM_PATH: browser } : {}),
    PATH: [dirname(process.execPath), process.env.PATH].join(":"),
  };
}

async function runStage(stage: Stage, context: StageContext): Promise<Result> {
  say(`== ${stage.name}`);
  const startedAt = Date.now();
  let counts: Counts;
  try {
    counts = await stage.run(context);
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
    counts = { passed: 0, failed: 1, skipped: 0 };
  }
  return { name: stage.name, seconds: (Date.now() - startedAt) / 1000, ...counts };
}

function printSummary(results: Result[]): void {
  const total = (key: keyof Counts) => results.reduce((sum, result) => sum + result[key], 0);
  const row = (cells: (string | number)[]) =>
    `${String(cells[0]).padEnd(10)}${cells
      .slice(1)
      .map((cell) => String(cell).padStart(10))
      .join("")}\n`;
  process.stdout.write(`\n${row(["stage", "passed", "failed", "skipped", "seconds"])}`);
  for (const result of results) {
    process.stdout.write(
      row([result.name, result.passed, result.failed, result.skipped, result.seconds.toFixed(1)]),
    );
  }
  const seconds = (Date.now() - Number(process.env.ATELIER_STARTED_AT)) / 1000;
  process.stdout.write(
    row(["in all", total("passed"), total("failed"), total("skipped"), seconds.toFixed(1)]),
  );
  process.stdout.write(`\n${total("passed")} passed, ${total("failed")} failed\n`);
}

main().catch(giveUp);
