import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type ComponentLookup, lookupIn } from "#lib/components/lookup.ts";
import { loadModules } from "#lib/components/modules/load-modules.ts";
import { loadSpecValue } from "#lib/spec/load-text.ts";
import { readGraph } from "../read/read-graph.ts";
import { readSamplePipelines } from "../samples/samples.ts";
import { makeInference } from "./make-inference.ts";
import { removeColumn } from "./remove-column.ts";
import { listPaths } from "./scoring-path.ts";

let lookup: ComponentLookup;
let samples: { name: string; text: string }[];

beforeAll(async () => {
  lookup = lookupIn([...(await loadModules()).values()].map(({ definition }) => definition));
  samples = await readSamplePipelines();
});

function read(spec: unknown) {
  const loaded = loadSpecValue(spec as Record<string, unknown>, { kind: "job" });
  if (loaded.spec.type !== "pipeline") throw new Error("no pipeline");
  return readGraph(loaded.spec, lookup);
}

const parsed = (name: string): Spec => parse(samples.find((sample) => sample.name === name)?.text ?? "");

function make(
  name: string,
  mode: "real-time" | "batch",
  change: (spec: Spec) => void = () => {},
  trainNode?: string,
  more: { scoreNode?: string; threshold?: number } = {},
) {
  const spec = parsed(name);
  change(spec);
  const { positions } = spec.designer;
  const refOf = ({ input }: { input: string }) => `azureml:${input}:1`;
  return makeInference(read(spec).graph, { mode, displayName: name, trainNode, positions, refOf, ...more });
}

// biome-ignore lint/suspicious/noExplicitAny: a parsed file, read by its tests only
type Spec = any;

describe("the pipeline that scores", () => {
  it("keeps what prepares rows, saves what was fitted, drops what trains and measures", () => {
    const { spec, saved, label, scoreNode } = make("binary-classification", "real-time");
    expect(Object.keys(spec.jobs as object)).toEqual([
      "web_service_input",
      "select_columns",
      "clean_missing_data",
      "score_model",
      "web_service_output",
    ]);
    expect(saved.map(({ node, port, kind }) => [node, port, kind])).toEqual([
      ["train_model", "trained_model", "model"],
      ["clean_missing_data", "cleaning_transformation", "transform"],
    ]);
    expect([label, scoreNode]).toEqual(["deposit", "score_model"]);
    const jobs = spec.jobs as Spec;
    expect(jobs.clean_missing_data.component).toMatch(/apply_transformation$/);
    expect(jobs.score_model.inputs.dataset).toBe(
      "${{parent.jobs.clean_missing_data.outputs.transformed_dataset}}",
    );
    expect(jobs.web_service_input.inputs).toEqual({
      dataset: "${{parent.inputs.clients}}",
      label_column: "deposit",
    });
    expect((spec.inputs as Spec).trained_model).toEqual({
      type: "custom_model",
      path: "azureml:trained_model:1",
    });
  });

  it("reads a whole dataset and gives a table when it is for batches", () => {
    const { spec } = make("binary-classification", "batch");
    expect(Object.keys(spec.jobs as object).sort()).toEqual([
      "clean_missing_data",
      "import_data",
      "score_model",
      "select_columns",
    ]);
    expect(spec.outputs).toEqual({ scored: { type: "uri_folder" } });
  });

  it("has no fault, whatever the sample", () => {
    for (const { name } of samples) {
      for (const mode of ["real-time", "batch"] as const) {
        const paths = listPaths(read(parsed(name)).graph);
        expect(paths.length, name).toBeGreaterThan(0);
        for (const { train } of paths) {
          const { faults } = read(make(name, mode, undefined, train.name).spec);
          const errors = faults.filter(({ severity }) => severity === "error");
          expect(errors, `${name}, ${mode}, ${train.name}`).toEqual([]);
        }
      }
    }
  });

  it("asks which model when there are several, and says that there is none", () => {
    const second = (spec: Spec) => {
      spec.jobs.train_again = structuredClone(spec.jobs.train_model);
      spec.jobs.score_again = structuredClone(spec.jobs.score_model);
      spec.jobs.score_again.inputs.trained_model = "${{parent.jobs.train_again.outputs.trained_model}}";
    };
    expect(() => make("binary-classification", "real-time", second)).toThrow(/train_model, train_again/);
    const none = (spec: Spec) => {
      delete spec.jobs.score_model;
      delete spec.jobs.evaluate_model;
    };
    expect(() => make("binary-classification", "real-time", none)).toThrow(/no step of this pipeline trains/);
  });

  it("scores by the threshold that was chosen, at the step that was looked at", () => {
    const twice = (spec: Spec) => {
      spec.jobs.score_again = structuredClone(spec.jobs.score_model);
    };
    const change = { scoreNode: "score_again", threshold: 0.23 };
    for (const mode of ["real-time", "batch"] as const) {
      const { spec, scoreNode } = make("binary-classification", mode, twice, undefined, change);
      const jobs = spec.jobs as Spec;
      expect(scoreNode).toBe("score_again");
      expect(jobs.score_model).toBeUndefined();
      expect(jobs.score_again.inputs.threshold).toBe(0.23);
      expect(jobs.score_again.inputs.trained_model).toBe("${{parent.inputs.trained_model}}");
      expect(read(spec).faults.filter(({ severity }) => severity === "error")).toEqual([]);
    }
    expect(() => make("clustering", "batch", undefined, undefined, { threshold: 0.2 })).toThrow(/threshold/);
  });

  it("takes the label out of column lists, and leaves out a step that is about it alone", () => {
    const withLabel = (spec: Spec) => {
      spec.jobs.select_columns.inputs.columns = '["age", "job", "deposit"]';
      spec.jobs.mark = {
        component: "azureml://registries/atelier/components/edit_metadata",
        inputs: {
          dataset: spec.jobs.clean_missing_data.inputs.dataset,
          columns: '["deposit"]',
          field: "label",
        },
      };
      spec.jobs.clean_missing_data.inputs.dataset = "${{parent.jobs.mark.outputs.results_dataset}}";
    };
    const { spec } = make("binary-classification", "real-time", withLabel);
    const jobs = spec.jobs as Spec;
    expect(jobs.select_columns.inputs.columns).toBe('["age","job"]');
    expect(jobs.mark).toBeUndefined();
  });
});

it("removes a column from every kind of selector", () => {
  expect(removeColumn("a, y", "y")).toEqual({ value: "a", empty: false });
  expect(removeColumn('["y"]', "y")).toEqual({ value: "[]", empty: true });
  expect(removeColumn('{"begin":"all"}', "y")).toEqual({ value: '{"begin":"all"}', empty: false });
  const rules = '{"begin":"none","rules":[{"include":{"names":["y"]}}]}';
  expect(removeColumn(rules, "y").empty).toBe(true);
  const mixed = '{"begin":"all","rules":[{"exclude":{"names":["y","id"]}},{"exclude":{"types":["string"]}}]}';
  expect(JSON.parse(removeColumn(mixed, "y").value).rules).toEqual([
    { exclude: { names: ["id"] } },
    { exclude: { types: ["string"] } },
  ]);
});
