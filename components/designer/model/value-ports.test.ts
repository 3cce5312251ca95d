import { expect, test } from "vitest";
import * as Y from "yjs";
import type { ComponentDefinition, PortType } from "#lib/components/model.ts";
import { createDocumentState, openDocument } from "#lib/designer/document/open-document.ts";
import { createCanvasReader } from "./canvas-model.ts";
import { describeGiven, givesValues, listTargets, sourceOf } from "./connect.ts";
import { makeLookup } from "./lookup.ts";

const port = (name: string, type: PortType) => ({
  name,
  displayName: name.toUpperCase(),
  type,
  optional: false,
  description: "",
});
const parameter = (name: string, type: ComponentDefinition["parameters"][number]["type"]) => ({
  ...{ name, type, displayName: name.toUpperCase(), optional: false, description: "", advanced: false },
});

const define = (name: string, more: Partial<ComponentDefinition>): ComponentDefinition => ({
  ...{ kind: "command", name, version: "1", displayName: name, description: "", help: "", icon: "box" },
  ...{ category: "components", isDeterministic: true, cost: "light", digest: name, ref: `azureml:${name}:1` },
  ...{ inputs: [], parameters: [], outputs: [] },
  ...more,
});

const lookup = makeLookup([
  define("measure", { outputs: [port("rows", "integer"), port("table", "uri_file")] }),
  define("take", {
    inputs: [port("data", "uri_file")],
    parameters: [parameter("count", "integer"), parameter("title", "string"), parameter("fast", "boolean")],
  }),
]);

test("a value goes into the parameters of other steps, and is a line while it does", () => {
  const ydoc = new Y.Doc();
  const text = `type: pipeline
jobs:
  measure: {component: "azureml:measure:1"}
  take: {component: "azureml:take:1"}
`;
  Y.applyUpdate(ydoc, createDocumentState(text));
  const document = openDocument(ydoc);
  const read = createCanvasReader();
  const model = () => read(document.getGraphDocument(), lookup);
  expect(givesValues(model())).toBe(true);
  const rows = { node: "measure", port: "rows", side: "out" as const };
  const ends = (from: Parameters<typeof listTargets>[1]) => listTargets(model(), from).map((end) => end.port);
  // A number is text too, and a file with one line; it is not true or false.
  expect(ends(rows)).toEqual(["data", "count", "title"]);
  expect(ends({ ...rows, port: "table" })).toEqual(["data"]);
  expect(ends({ node: "take", port: "count", side: "in" })).toEqual(["rows"]);
  expect(ends({ node: "take", port: "fast", side: "in" })).toEqual([]);
  document.connect({ from: sourceOf("measure", "rows"), to: { node: "take", port: "count" } });
  const now = model();
  expect(now.edges.map(({ from, fromPort, to, toPort }) => [from, fromPort, to, toPort])).toEqual([
    ["measure", "rows", "take", "count"],
  ]);
  const take = now.byId.get("take");
  expect(take?.kind === "step" && take.inputs.map(({ name, type }) => `${name}: ${type}`)).toEqual([
    "data: uri_file",
    "count: integer",
  ]);
  expect(describeGiven(now, { node: "measure", port: "rows" })).toBe("ROWS of measure");
  expect(document.getText()).toContain('inputs: {count: "${{parent.jobs.measure.outputs.rows}}"}');
  document.disconnect({ node: "take", port: "count" });
  expect(model().edges).toEqual([]);
});
