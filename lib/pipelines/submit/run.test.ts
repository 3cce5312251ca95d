import { afterAll, beforeAll, expect, it } from "vitest";
import { type Runner, startRunner } from "#lib/runner/runner.ts";
import { ended, waitForRun } from "#lib/runner/testing/runs.ts";
import { startTestStudio, type TestStudio } from "#lib/testing/studio-server.ts";

let studio: TestStudio;
let runner: Runner;

beforeAll(async () => {
  studio = await startTestStudio();
  await studio.services.sql`update compute_targets set max_instances = 4`;
  runner = await startRunner(studio.services);
}, 60_000);

afterAll(async () => {
  await runner?.stop();
  await studio?.close();
});

const image = process.env.ATELIER_BASE_IMAGE ?? "atelier-base:bookworm";

const doubleFile = `name: double
version: 1
type: pipeline
inputs: {words: {type: uri_folder}, times: {type: integer, default: 1}}
outputs: {twice: {type: uri_folder}}
jobs:
  copy:
    command: for i in $(seq \${{inputs.times}}); do cat \${{inputs.words}}/w.txt; done > \${{outputs.out}}/w.txt
    environment: {image: "${image}"}
    inputs: {words: "\${{parent.inputs.words}}", times: "\${{parent.inputs.times}}"}
    outputs: {out: "\${{parent.outputs.twice}}"}
`;

const pipeline = (word: string) => `type: pipeline
inputs: {word: ${word}, times: 2}
outputs: {result: {type: uri_folder, name: words}}
settings: {default_compute: docker}
jobs:
  write:
    command: >-
      echo \${{inputs.word}} $[[and \${{inputs.more}}]] $LEVEL > \${{outputs.out}}/w.txt
    environment: {image: "${image}"}
    environment_variables: {LEVEL: "high"}
    inputs: {word: "\${{parent.inputs.word}}", more: {type: string, optional: true}}
    outputs: {out: {}}
  double:
    type: pipeline
    component: azureml:double:1
    inputs: {words: "\${{parent.jobs.write.outputs.out}}", times: "\${{parent.inputs.times}}"}
    outputs: {twice: "\${{parent.outputs.result}}"}
`;

it("a pipeline with a pipeline component inside comes to its end, and does nothing twice", async () => {
  const { api, workspace } = studio;
  await api.components.create({ workspace: workspace.name, spec: doubleFile });
  const run = async (word: string) => {
    const { name } = await api.runs.submit({ workspace: workspace.name, spec: pipeline(word) });
    const done = await waitForRun(studio, name, ended, 60_000);
    const graph = await api.pipelines.graph({ workspace: workspace.name, run: name });
    const steps = graph.nodes.map(({ name: step, status, reusedRunName }) => [
      step,
      status,
      reusedRunName !== null,
    ]);
    return { done, steps };
  };
  const first = await run("hello");
  expect(first.done.error).toBeNull();
  expect(first.steps).toEqual([
    ["write", "Completed", false],
    ["double.copy", "Completed", false],
  ]);
  const file = await studio.fetch(`/runs/${first.done.name}/file?of=outputs.result&path=w.txt`);
  expect(await file.text()).toBe("hello high\nhello high\n");
  expect((await api.datasets.get({ workspace: workspace.name, name: "words" })).versions.length).toBe(1);
  const second = await run("hello");
  expect(second.steps).toEqual([
    ["write", "Completed", true],
    ["double.copy", "Completed", true],
  ]);
  const third = await run("bye");
  expect(third.steps.map(([, , reused]) => reused)).toEqual([false, false]);
}, 180_000);
