import { expect, test } from "vitest";
import * as Y from "yjs";
import { trustingLookup } from "#lib/components/lookup.ts";
import { createDocumentState, openDocument } from "#lib/designer/document/open-document.ts";
import { readPipelineDocument } from "#lib/pipelines/read/read-document.ts";
import { isEdited } from "../run/node-state.ts";
import { createCanvasReader } from "./canvas-model.ts";
import { createJudge, listTargets, sourceOf, typeOfInput } from "./connect.ts";
import { describeSettings } from "./describe-settings.ts";
import { makeLookup } from "./lookup.ts";
import { findStepLine, listWritten } from "./written-parts.ts";

const text = `type: pipeline
inputs: {raw: {type: uri_file, path: azureml:raw@latest}}
jobs:
  count:
    command: |
      grep -c x \${{inputs.data}} > \${{outputs.rows}}
    environment: {image: base}
    inputs: {data: "\${{parent.inputs.raw}}", word: {type: string, value: x}}
    outputs: {rows: {type: integer}, table: {type: uri_folder}}
  take:
    type: command
    component:
      name: take_some
      command: take \${{inputs.data}} --limit \${{inputs.limit}} > \${{outputs.out}}
      environment: azureml:base@latest
      inputs: {data: {type: uri_folder}, limit: {type: integer, default: 3}}
      outputs: {out: {type: uri_file}}
  unread: {component: [no, component]}
`;

function open() {
  const ydoc = new Y.Doc();
  Y.applyUpdate(ydoc, createDocumentState(text));
  const document = openDocument(ydoc);
  const read = createCanvasReader();
  const lookup = makeLookup([]);
  const model = () => read(document.getGraphDocument(), lookup);
  document.setTypes((node, input) => typeOfInput(model(), node, input));
  const step = (id: string) => {
    const view = model().byId.get(id);
    if (view?.kind !== "step") throw new Error(`no step ${id}`);
    return view;
  };
  return { document, model, step };
}

const portsOf = (ports: readonly { name: string; type: string }[]) =>
  ports.map(({ name, type }) => `${name}: ${type}`);

test("a step that is written out in its node has its ports, parameters and lines", () => {
  const { model, step } = open();
  const count = step("count");
  expect(count.title).toBe("count");
  expect(portsOf(count.inputs)).toEqual(["data: uri_file"]);
  expect(portsOf(count.definition?.parameters ?? [])).toEqual(["word: string"]);
  expect(portsOf(count.outputs)).toEqual(["rows: integer", "table: uri_folder"]);
  expect(describeSettings(count)).toBe("x");
  expect(step("take").title).toBe("Take some");
  expect(portsOf(step("take").inputs)).toEqual(["data: uri_folder"]);
  expect(step("unread").definition).toBeNull();
  expect(model().edges.map(({ from, to, toPort }) => `${from} → ${to}.${toPort}`)).toEqual([
    "inputs.raw → count.data",
  ]);
});

test("its lines are drawn by the rules of types, and what is not there any more leaves the port", () => {
  const { document, model, step } = open();
  const end = (node: string, port: string, side: "in" | "out") => ({ node, port, side });
  const judge = createJudge(model(), end("count", "table", "out"));
  expect(judge(end("take", "data", "in")).ok).toBe(true);
  expect(judge(end("take", "limit", "in"))).toMatchObject({ ok: false });
  expect(listTargets(model(), end("count", "rows", "out")).map(({ port }) => port)).toEqual([
    "data",
    "limit",
  ]);
  document.connect({ from: sourceOf("count", "rows"), to: { node: "take", port: "limit" } });
  expect(portsOf(step("take").inputs)).toEqual(["data: uri_folder", "limit: integer"]);
  document.disconnect({ node: "take", port: "limit" });
  expect(portsOf(step("take").inputs)).toEqual(["data: uri_folder"]);
  document.removeNodes(["inputs.raw"]);
  expect(portsOf(step("count").inputs)).toEqual(["data: uri_file"]);
  expect(document.getText()).toContain("data: {type: uri_file}");
});

test("a step that did not change stays the same object; one whose source changed its type does not", () => {
  const { document, model, step } = open();
  document.connect({ from: sourceOf("take", "out"), to: { node: "count", port: "data" } });
  const before = { count: step("count"), take: step("take") };
  document.moveNodes({ take: { x: 1, y: 2 } });
  expect(model().byId.get("count")).toBe(before.count);
  document.setText(document.getText().replace("out: {type: uri_file}", "out: {type: mltable}"));
  expect(portsOf(step("count").inputs)).toEqual(["data: mltable"]);
});

test("what only the text changes is shown with its place", () => {
  const { document, step } = open();
  expect(listWritten(step("count").node)).toEqual([
    { title: "Command", text: "grep -c x ${{inputs.data}} > ${{outputs.rows}}", language: "bash" },
    { title: "Environment", text: "image: base", language: "yaml" },
  ]);
  expect(listWritten(step("take").node).map(({ title }) => title)).toEqual(["Command", "Environment"]);
  expect(listWritten({ ref: "azureml:x:1", raw: { environment: "azureml:base:1" } })).toEqual([]);
  expect(findStepLine(document.getText(), "take")).toBe(10);
  expect(findStepLine(document.getText(), "count")).toBe(4);
});

test("it is edited when its command, its values or its lines differ from those of the run", () => {
  const { document, step } = open();
  const { graph } = readPipelineDocument(text, trustingLookup);
  const edited = (id: string) => {
    const ran = graph?.nodes.find(({ name }) => name === id);
    if (!ran) throw new Error(`${id} did not run`);
    return isEdited(step(id), ran);
  };
  expect([edited("count"), edited("take")]).toEqual([false, false]);
  document.setText(document.getText().replace("grep -c x", "grep -c y"));
  expect([edited("count"), edited("take")]).toEqual([true, false]);
  document.undo();
  expect(edited("count")).toBe(false);
  document.setInput("count", "word", "y");
  expect(edited("count")).toBe(true);
});
