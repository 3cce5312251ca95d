import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { giveUp } from "../bootstrap/say.mjs";
import type { Counts } from "./reports.ts";
import { createResources } from "./resources.ts";
import { stopCommands } from "./run-command.ts";
import { type Result, runStages } from "./run-stages.ts";
import { createOrderedOutput } from "./stage-output.ts";
import { type Stage, stages } from "./stages.ts";

const root = join(import.meta.dirname, "..", "..");

async function main(): Promise<void> {
  const chosen = chooseStages(process.argv.slice(2));
  const reports = mkdtempSync(join(tmpdir(), "atelier-reports-"));
  const resources = createResources(root);
  const stop = () => {
    stopCommands();
    void resources.release().finally(() => process.exit(130));
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);
  const output = createOrderedOutput((chunk) => process.stdout.write(chunk));
  let results: Result[];
  try {
    results = await runStages(chosen, { root, reports, resources, output });
  } finally {
    await resources.release();
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
