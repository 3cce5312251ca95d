import { messageOf } from "#lib/core/errors.ts";
import type { RunDetails } from "#lib/runs/model.ts";
import { isEnded } from "#lib/runs/state.ts";
import type { TestStudio } from "#lib/testing/studio-server.ts";
import { bareEnvironments, type Target, waitForRun } from "./runs.ts";

type Job = Record<string, unknown>;

/** A command step that needs others: each is an input `from_<step>`; its own output is `out`. */
export function commandStep(compute: Target, command: string, needs: string[] = [], more: Job = {}): Job {
  return {
    type: "command",
    command,
    environment: bareEnvironments[compute],
    compute: `azureml:${compute}`,
    inputs: Object.fromEntries(
      needs.map((name) => [`from_${name}`, `\${{parent.jobs.${name}.outputs.out}}`]),
    ),
    outputs: { out: { type: "uri_folder" } },
    ...more,
  };
}

/** A step of one of the studio's modules. */
export function moduleStep(module: string, inputs: Job, more: Job = {}): Job {
  return { type: "command", component: `azureml://registries/atelier/components/${module}`, inputs, ...more };
}

/** The address of another step's output. */
export const outputOf = (step: string, port: string) => `\${{parent.jobs.${step}.outputs.${port}}}`;

export function submitPipeline(
  { api, workspace }: TestStudio,
  compute: Target,
  jobs: Record<string, Job>,
  settings: Job = {},
): Promise<RunDetails> {
  const spec = { type: "pipeline", settings: { default_compute: `azureml:${compute}`, ...settings }, jobs };
  return api.runs.submit({ workspace: workspace.name, spec });
}

/** One step, then many beside each other that each say once that they run, then one that needs them all. */
export function wideJobs(width: number, seconds: number) {
  const middle = Array.from({ length: width }, (_, i) => `m${i}`);
  const step = (needs: string[], text: string) => commandStep("docker", text, needs);
  return {
    first: step([], "true"),
    ...Object.fromEntries(
      middle.map((name) => [name, step(["first"], `echo ran ${name}; sleep ${seconds}`)]),
    ),
    last: step(middle, "echo last"),
  };
}

export interface StepResult {
  status: string;
  reused: boolean;
  runName: string;
  fact: string | null;
  error: { code: string; message: string } | null;
}

/** The steps of a pipeline as the canvas sees them. */
export async function readSteps(
  { api, workspace }: TestStudio,
  run: string,
): Promise<Record<string, StepResult>> {
  const { nodes } = await api.pipelines.graph({ workspace: workspace.name, run });
  return Object.fromEntries(
    nodes.map(({ name, status, reusedRunName, runName, fact, error }) => [
      name,
      { status, reused: reusedRunName !== null, runName, fact, error },
    ]),
  );
}

/** Each step's end in a word, when the whole has ended. */
export async function finish(
  studio: TestStudio,
  run: string,
  timeoutMs = 50_000,
): Promise<{ status: string; steps: Record<string, string> }> {
  const { status } = await waitForRun(studio, run, (now) => isEnded(now.status), timeoutMs).catch(
    async (error: unknown) => {
      // Which step it hangs at says more than that it does.
      throw new Error(`${messageOf(error)} ${JSON.stringify(await readSteps(studio, run))}`);
    },
  );
  const steps = await readSteps(studio, run);
  const words = Object.entries(steps).map(([name, step]) => [name, step.reused ? "reused" : step.status]);
  return { status, steps: Object.fromEntries(words) };
}
