import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestStudio, type TestStudio } from "#lib/testing/studio-server.ts";

let studio: TestStudio;

beforeAll(async () => {
  studio = await startTestStudio();
}, 120_000);

afterAll(() => studio?.close());

it("a thousand steps are sent at once, well before a request is given up", async () => {
  const workspace = studio.workspace.name;
  const spec = {
    name: "step",
    version: "1",
    inputs: { before: { type: "uri_folder", optional: true }, rate: { type: "number", default: 1 } },
    outputs: { out: { type: "uri_folder" } },
    environment: { image: "x" },
    command: "true $[[${{inputs.before}}]] ${{inputs.rate}} ${{outputs.out}}",
  };
  await studio.api.components.create({ workspace, spec });
  const jobs = Object.fromEntries(
    Array.from({ length: 1000 }, (_, index) => {
      const before = `\${{parent.jobs.s${Math.floor(index / 2)}.outputs.out}}`;
      const inputs = { rate: index, ...(index === 0 ? {} : { before }) };
      return [`s${index}`, { component: "azureml:step:1", inputs }];
    }),
  );
  const run = await studio.api.runs.submit({ workspace, spec: { type: "pipeline", jobs } });
  expect(run.childCount).toBe(1000);
  const graph = await studio.api.pipelines.graph({ workspace, run: run.name });
  expect(graph.nodes.length).toBe(1000);
}, 120_000);
