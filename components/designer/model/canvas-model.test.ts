import { describe, expect, test } from "vitest";
import type { ComponentDefinition } from "#lib/components/model.ts";
import { reach } from "#lib/designer/document/reach.ts";
import type { DocumentNode, GraphDocument } from "#lib/designer/document/types.ts";
import type { NodeState } from "../run/node-state.ts";
import { createCanvasReader, describeDataPath } from "./canvas-model.ts";
import { createJudge, listTargets } from "./connect.ts";
import { describeFault } from "./describe-fault.ts";
import { findEffect } from "./find-effect.ts";
import { listOutline } from "./list-outline.ts";
import { makeLookup, newestVersion, ownComponentOf, refOfVersion } from "./lookup.ts";

const port = (name: string, type: ComponentDefinition["inputs"][number]["type"]) => ({
  name,
  displayName: name,
  type,
  optional: false,
  description: "",
  mode: "",
});

function define(
  name: string,
  inputs: ComponentDefinition["inputs"],
  outputs: ComponentDefinition["outputs"],
) {
  return {
    kind: "module",
    name,
    version: "1",
    displayName: name.toUpperCase(),
    description: "",
    help: "",
    category: "python",
    icon: "box",
    isDeterministic: true,
    cost: "light",
    inputs,
    parameters: [],
    outputs,
    digest: name,
    ref: `azureml://registries/atelier/components/${name}`,
  } satisfies ComponentDefinition;
}

const lookup = makeLookup([
  define("clean", [port("dataset", "data_frame")], [port("table", "data_frame")]),
  define(
    "train",
    [port("learner", "untrained_model"), port("dataset", "data_frame")],
    [port("model", "trained_model")],
  ),
]);

function node(name: string, module: string): DocumentNode {
  return {
    name,
    ref: `azureml://registries/atelier/components/${module}`,
    type: "command",
    displayName: name,
    inputs: {},
    outputs: {},
    position: { x: 0, y: 0 },
    comment: "",
    compute: null,
    environment: null,
    isolation: false,
    raw: {},
  };
}

const edge = (from: string, fromPort: string, to: string, toPort: string) => ({
  id: `${from}.${fromPort}-${to}.${toPort}`,
  from,
  fromPort,
  to,
  toPort,
});

const graph: GraphDocument = {
  displayName: "",
  description: "",
  nodes: [
    node("first", "clean"),
    node("second", "clean"),
    node("trainer", "train"),
    node("odd", "unheard_of"),
  ],
  dataNodes: [
    {
      name: "bank",
      id: "inputs.bank",
      path: "azureml:bank-marketing@latest",
      type: "uri_file",
      mode: null,
      position: null,
    },
  ],
  promoted: [],
  inputs: {},
  outputs: {},
  edges: [
    edge("inputs.bank", "out", "first", "dataset"),
    edge("first", "table", "second", "dataset"),
    edge("second", "table", "trainer", "dataset"),
    edge("second", "gone", "trainer", "dataset"),
  ],
  groups: [],
  comments: [],
  settings: {},
};
const model = createCanvasReader()(graph, lookup);

describe("what the canvas draws", () => {
  test("data first, then steps under the names of their modules", () => {
    expect(model.nodes.map(({ title }) => title)).toEqual([
      "bank-marketing",
      "CLEAN",
      "CLEAN",
      "TRAIN",
      "odd",
    ]);
  });

  test("no line to a port that is not there", () => {
    expect(model.edges).toHaveLength(3);
  });

  test("what did not change is the same object in the next picture", () => {
    const read = createCanvasReader();
    const before = read(graph, lookup);
    const changed = {
      ...graph,
      nodes: [{ ...node("first", "clean"), displayName: "Other" }, ...graph.nodes.slice(1)],
    };
    const after = read(changed, lookup);
    expect(after.byId.get("second")).toBe(before.byId.get("second"));
    expect(after.byId.get("first")).not.toBe(before.byId.get("first"));
  });

  test("a path is shown by its last name", () => {
    expect(describeDataPath("azureml:bank:3")).toBe("bank");
    expect(describeDataPath("https://example.org/a/b.csv")).toBe("b.csv");
  });

  test("steps before and after", () => {
    expect([...reach(model.edges, "trainer", "before")].sort()).toEqual(["first", "inputs.bank", "second"]);
    expect([...reach(model.edges, "first", "after")].sort()).toEqual(["second", "trainer"]);
  });

  test("the outline has each step after those that feed it", () => {
    const order = listOutline(model).map(({ view }) => view.id);
    expect(order.indexOf("inputs.bank")).toBeLessThan(order.indexOf("first"));
    expect(order.indexOf("second")).toBeLessThan(order.indexOf("trainer"));
  });
});

describe("which lines may be drawn", () => {
  const judge = createJudge(model, { node: "second", port: "table", side: "out" });

  test("a table does not feed a learner's port, and the reason is said", () => {
    expect(judge({ node: "trainer", port: "learner", side: "in" })).toEqual({
      ok: false,
      reason: "Needs an untrained model, this is a table",
    });
  });

  test("not round in a circle", () => {
    expect(judge({ node: "first", port: "dataset", side: "in" })).toMatchObject({
      ok: false,
      reason: expect.stringContaining("circle"),
    });
  });

  test("from the input as well as from the output", () => {
    const backwards = createJudge(model, { node: "trainer", port: "dataset", side: "in" });
    expect(backwards({ node: "first", port: "table", side: "out" })).toEqual({ ok: true });
    expect(backwards({ node: "trainer", port: "model", side: "out" })).toMatchObject({ ok: false });
  });

  test("the ports that fit, with those that are taken", () => {
    const targets = listTargets(model, { node: "first", port: "table", side: "out" });
    expect(targets.map(({ node: id, port: name, taken }) => [id, name, taken])).toEqual([
      ["second", "dataset", true],
      ["trainer", "dataset", true],
    ]);
  });
});

test("a fault is said in the words of the port", () => {
  const view = model.byId.get("trainer");
  if (!view) throw new Error("the trainer is missing");
  const message = "“trainer” needs the input “learner”, which is not set.";
  expect(describeFault(view, { message, port: "learner", path: "jobs.trainer.inputs.learner" })).toBe(
    "learner is not connected",
  );
  expect(describeFault(view, { message: "“trainer” waits for itself.", path: "jobs.trainer" })).toBe(
    "Waits for itself.",
  );
  const unknown = "is not a known key.";
  expect(describeFault(view, { message: unknown, path: "jobs.trainer.limit" })).toBe(`“limit” ${unknown}`);
  expect(describeFault(undefined, { message: unknown, path: "x_mine" })).toBe(`“x_mine” ${unknown}`);
});

test("what was changed runs again with all that comes after it; the rest is reused", () => {
  const done = {
    kind: "completed",
    word: "Completed",
    startedAt: 0,
    endedAt: 500,
    edited: false,
  } as NodeState;
  const states = new Map(
    ["first", "second", "trainer", "odd"].map((id) => [id, { ...done, edited: id === "second" }]),
  );
  expect(findEffect(model, states)).toEqual({
    again: ["second", "trainer"],
    reused: ["first", "odd"],
    aboutMs: 1_000,
  });
  states.delete("odd");
  expect(findEffect(model, states)).toMatchObject({ again: ["second", "trainer", "odd"], aboutMs: null });
});

test("which version of a workspace's own component a step names", () => {
  for (const ref of ["azureml:mine:3", "azureml:mine:1.2.0", "azureml:mine@latest"]) {
    const own = ownComponentOf(ref);
    expect(refOfVersion(own?.name ?? "", own?.version ?? "")).toBe(ref);
  }
  expect(ownComponentOf("azureml:mine")).toEqual({ name: "mine", version: newestVersion });
  expect(ownComponentOf("azureml://registries/atelier/components/split_data")).toBeNull();
  expect(ownComponentOf("atelier:split_data")).toBeNull();
  expect(ownComponentOf(null)).toBeNull();
});
