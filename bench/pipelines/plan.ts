import { graphHash } from "#lib/pipelines/graph-hash.ts";
import { flattenGraph } from "#lib/pipelines/plan/flatten.ts";
import { planGraph } from "#lib/pipelines/plan/plan-graph.ts";
import { readGraph } from "#lib/pipelines/read/read-graph.ts";
import { sampleLookup } from "#lib/pipelines/testing/sample-lookup.ts";
import { loadSpecText } from "#lib/spec/load-text.ts";

/** How long a pipeline of 1,000 steps takes from its text to its plan. The whole must stay below 200 ms. */

const steps = 1000;
const rounds = 7;

const text = [
  "type: pipeline",
  "inputs: {raw: {type: uri_folder, path: 'azureml:raw:1'}}",
  "jobs:",
  ...Array.from({ length: steps }, (_, i) => {
    const from = i < 10 ? "parent.inputs.raw" : `parent.jobs.step_${Math.floor(i / 2)}.outputs.clean`;
    return `  step_${i}:\n    component: azureml:prepare:3\n    inputs: {raw: "\${{${from}}}", rate: 0.5}`;
  }),
].join("\n");

const lookup = sampleLookup();
const times: Record<string, number[]> = { load: [], check: [], plan: [] };

for (let round = 0; round < rounds; round++) {
  const start = performance.now();
  const { spec, document } = loadSpecText(text, { kind: "job" });
  if (spec.type !== "pipeline") throw new Error("no pipeline");
  const loaded = performance.now();
  const read = readGraph(spec, lookup, { document });
  if (read.faults.length > 0) throw new Error(read.faults[0]?.message);
  const checked = performance.now();
  graphHash(read.graph);
  const plan = planGraph(flattenGraph(read));
  if (plan.length !== steps) throw new Error(`planned ${plan.length}`);
  times.load?.push(loaded - start);
  times.check?.push(checked - loaded);
  times.plan?.push(performance.now() - checked);
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
for (const [name, values] of Object.entries(times))
  console.log(`${name.padEnd(6)} ${median(values).toFixed(1)} ms (first ${values[0]?.toFixed(1)})`);
const planning = median(times.check ?? []) + median(times.plan ?? []);
console.log(
  `planning 1,000 steps: ${planning.toFixed(1)} ms; with reading the text ${(planning + median(times.load ?? [])).toFixed(1)} ms`,
);
process.exitCode = planning <= 200 ? 0 : 1;
