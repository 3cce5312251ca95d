import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { messageOf } from "#lib/core/errors.ts";
import type { TestStudio } from "#lib/testing/studio-server.ts";
import { finish, readSteps, type StepResult } from "./pipelines.ts";

/** A pipeline as a user writes it: the name of its file and its text. */
export interface PipelineFile {
  name: string;
  text: string;
}

export async function readPipelines(folder: string): Promise<PipelineFile[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".yml")).sort();
  return Promise.all(
    files.map(async (file) => ({
      name: file.slice(0, -".yml".length),
      text: await readFile(join(folder, file), "utf8"),
    })),
  );
}

type Row = Record<string, unknown>;

/** A pipeline that has run, and what its steps wrote. */
export interface Ran {
  status: string;
  steps: Record<string, StepResult>;
  columns(step: string, port: string): Promise<string[]>;
  rows(step: string, port: string): Promise<Row[]>;
  rowCount(step: string, port: string): Promise<number>;
  metrics(step: string): Promise<Record<string, number | null>>;
  file(step: string, port: string, path: string): Promise<string>;
}

/** Submits all pipelines at once, on processes of this machine, and waits for all of them. */
export async function runAll(
  studio: TestStudio,
  pipelines: readonly PipelineFile[],
  timeoutMs: number,
): Promise<Record<string, Ran>> {
  const workspace = studio.workspace.name;
  const submitted = await Promise.all(
    pipelines.map(async ({ name, text }) => {
      const set = ["settings.default_compute=azureml:local"];
      const { name: run } = await studio.api.runs.submit({ workspace, spec: text, set }).catch((error) => {
        throw new Error(`${name}: ${messageOf(error)} ${JSON.stringify(error.data ?? "")}`);
      });
      return { name, run };
    }),
  );
  const done = submitted.map(async ({ name, run }) => {
    const { status } = await finish(studio, run, timeoutMs);
    return [name, look(studio, status, await readSteps(studio, run))] as const;
  });
  return Object.fromEntries(await Promise.all(done));
}

function look(studio: TestStudio, status: string, steps: Record<string, StepResult>): Ran {
  const { api } = studio;
  const workspace = studio.workspace.name;
  const runOf = (step: string) => {
    const found = steps[step];
    if (!found) throw new Error(`there is no step ${step}`);
    return found.runName;
  };
  const table = async (step: string, output: string) => {
    const view = await api.runOutputs.get({ workspace, run: runOf(step), output });
    if (!view.table) throw new Error(`${step} wrote no table to ${output}`);
    return view.table;
  };
  return {
    status,
    steps,
    columns: async (step, port) => (await table(step, port)).columns.map(({ name }) => name),
    rowCount: async (step, port) => (await table(step, port)).rowCount,
    async rows(step, output) {
      const query = { limit: 1000 };
      const page = await api.runOutputs.rows({ workspace, run: runOf(step), output, query });
      return page.rows.map((values) =>
        Object.fromEntries(values.map((value, at) => [page.columns[at]?.name, value])),
      );
    },
    metrics: async (step) => (await api.runs.get({ workspace, run: runOf(step) })).metrics,
    async file(step, port, path) {
      const query = new URLSearchParams({ of: `outputs.${port}`, path });
      const response = await studio.fetch(`/runs/${runOf(step)}/file?${query}`);
      if (!response.ok) throw new Error(`${step} wrote no ${path}`);
      return response.text();
    },
  };
}
