import { sleep } from "#lib/core/time.ts";
import type { RunDetails } from "#lib/runs/model.ts";
import { isEnded } from "#lib/runs/state.ts";
import type { TestStudio } from "#lib/testing/studio-server.ts";

/** Programs for tests need Python's standard library only, so that an image as it is and an empty environment do. */
export const bareEnvironments = {
  docker: { image: process.env.ATELIER_BASE_IMAGE ?? "atelier-base:bookworm" },
  local: { pip_file: [] },
} as const;

export type Target = keyof typeof bareEnvironments;

/** Submits a command as a YAML-like mapping. */
export function submit(
  { api, workspace }: TestStudio,
  compute: Target,
  command: string,
  more: Record<string, unknown> = {},
): Promise<RunDetails> {
  const environment = bareEnvironments[compute];
  return api.runs.submit({ workspace: workspace.name, spec: { command, environment, compute, ...more } });
}

/** Polls until the run is as asked. */
export async function waitForRun(
  { api, workspace }: TestStudio,
  name: string,
  until: (run: RunDetails) => boolean | Promise<boolean>,
  timeoutMs = 60_000,
): Promise<RunDetails> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const run = await api.runs.get({ workspace: workspace.name, run: name });
    if (await until(run)) return run;
    if (Date.now() > deadline) throw new Error(`${name} is ${run.status}: ${JSON.stringify(run.error)}`);
    await sleep(50);
  }
}

export const ended = (run: RunDetails) => isEnded(run.status);

export async function readLogText(studio: TestStudio, name: string, query = ""): Promise<string> {
  return (await studio.fetch(`/runs/${name}/log${query}`)).text();
}
