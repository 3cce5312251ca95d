import { say } from "../bootstrap/say.mjs";
import type { Counts } from "./reports.ts";
import type { Resources } from "./resources.ts";
import type { OrderedOutput } from "./stage-output.ts";
import type { Stage, StageContext } from "./stages.ts";

export interface Result extends Counts {
  name: string;
  seconds: number;
}

export interface RunOptions {
  root: string;
  /** A folder for reports, removed at the end. */
  reports: string;
  resources: Resources;
  output: OrderedOutput;
}

/**
 * Runs the stages of one lane one after the other, and the lanes beside each other: most of what a stage does is to wait
 * for engines, databases and pages, and another computes meanwhile. What they print comes in the order of `stages`.
 */
export async function runStages(stages: Stage[], options: RunOptions): Promise<Result[]> {
  const shared = new Set(stages.map(({ lane }) => lane)).size > 1;
  const ended = new Map<string, Promise<Result>>();
  for (const stage of stages) {
    const before = stages.slice(0, stages.indexOf(stage)).filter(({ lane }) => lane === stage.lane);
    const names = [...(stage.after ?? []), ...before.map(({ name }) => name)];
    const waits = names.flatMap((name) => ended.get(name) ?? []);
    const output = options.output.open();
    ended.set(
      stage.name,
      Promise.all(waits)
        .then(() => runStage(stage, { output, shared }, options))
        .finally(() => options.output.close(output)),
    );
  }
  return Promise.all(ended.values());
}

async function runStage(
  stage: Stage,
  own: Pick<StageContext, "output" | "shared">,
  options: RunOptions,
): Promise<Result> {
  const { root, reports, resources } = options;
  const { output } = own;
  const startedAt = Date.now();
  const since = () => (Date.now() - startedAt) / 1000;
  say(`-- ${stage.name} starts`);
  output.write(`== ${stage.name}\n`);
  let counts: Counts;
  try {
    const env = await resources.prepare(stage.needs, output);
    counts = await stage.run({ root, reports, env, ...own });
  } catch (error) {
    output.write(`${error instanceof Error ? error.message : String(error)}\n`);
    counts = { passed: 0, failed: 1, skipped: 0 };
  }
  const seconds = since();
  say(`-- ${stage.name}: ${counts.passed} passed, ${counts.failed} failed in ${seconds.toFixed(1)} s`);
  return { name: stage.name, seconds, ...counts };
}
