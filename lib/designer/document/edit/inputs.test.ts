import { expect, it } from "vitest";
import * as Y from "yjs";
import { createDocumentState, openDocument } from "../open-document.ts";
import { nameOutput } from "./outputs.ts";

const text = `type: pipeline
inputs:
  rate: 0.3
jobs:
  make:
    component: azureml:make:1
  fit: # the one that learns
    command: fit \${{inputs.data}} --rate \${{inputs.rate}} --depth \${{inputs.depth}} \${{inputs.word}}
    environment: azureml:base:1
    inputs:
      data: \${{parent.jobs.make.outputs.table}} # of the maker
      rate: {type: number, value: 0.5, description: How fast} # kept
      depth: 3
      word: {type: string}
    outputs:
      model: {type: custom_model}
`;

function open() {
  const ydoc = new Y.Doc();
  Y.applyUpdate(ydoc, createDocumentState(text));
  const document = openDocument(ydoc);
  document.setTypes((node, input) => (node === "fit" && input === "data" ? "data_frame" : undefined));
  const inputs = () => document.getGraphDocument().nodes.find(({ name }) => name === "fit")?.inputs;
  return { document, inputs };
}

it("sets a value where it stands: its type, its words and the comments stay", () => {
  const { document, inputs } = open();
  expect(inputs()).toEqual({
    data: { kind: "output", node: "make", port: "table" },
    rate: { kind: "literal", value: 0.5 },
    depth: { kind: "literal", value: 3 },
  });
  document.setInput("fit", "rate", 0.7);
  document.setInput("fit", "depth", 4);
  document.setInput("fit", "word", "hello");
  expect(document.getText()).toBe(
    text
      .replace("value: 0.5", "value: 0.7")
      .replace("depth: 3", "depth: 4")
      .replace("word: {type: string}", "word: {type: string, value: hello}"),
  );
});

it("keeps an input of a command declared when it loses what it is set to", () => {
  const { document, inputs } = open();
  document.disconnect({ node: "fit", port: "data" });
  document.setInput("fit", "rate", null);
  document.setInput("fit", "depth", null);
  expect(inputs()).toEqual({});
  const { raw } = document.getGraphDocument().nodes.find(({ name }) => name === "fit") ?? {};
  expect(raw?.inputs).toEqual({
    data: { type: "data_frame" },
    rate: { type: "number", description: "How fast" },
    depth: { type: "number" },
    word: { type: "string" },
  });
  document.connect({ from: { node: "make", port: "other" }, to: { node: "fit", port: "data" } });
  document.connect({ from: { node: "make", port: "rows" }, to: { node: "fit", port: "rate" } });
  expect(inputs()?.data).toEqual({ kind: "output", node: "make", port: "other" });
  expect(inputs()?.rate).toEqual({ kind: "output", node: "make", port: "rows" });
  expect(document.getText()).toContain(`      data:
        type: data_frame
        path: \${{parent.jobs.make.outputs.other}}`);
  document.removeNodes(["make"]);
  expect(inputs()).toEqual({});
  expect(document.getText()).toContain("rate: {type: number, description: How fast}");
});

it("makes a typed value an input of the pipeline, and takes it back", () => {
  const { document, inputs } = open();
  document.promote("fit", "rate", "speed");
  expect(inputs()?.rate).toEqual({ kind: "pipeline_input", name: "speed" });
  expect(document.getGraphDocument().promoted.find(({ name }) => name === "speed")?.value).toBe(0.5);
  document.demote("fit", "rate");
  expect(document.getText()).toBe(text);
});

it("registers an output, and takes the name away, without losing what is said of it", () => {
  const node = {
    command: "x",
    outputs: { a: null, b: "mltable", c: "${{parent.outputs.c}}", d: { type: "uri_file", mode: "upload" } },
  };
  const named = (port: string) => nameOutput(node, port, "kept")[port];
  expect(named("a")).toEqual({ name: "kept" });
  expect(named("b")).toEqual({ type: "mltable", name: "kept" });
  expect(named("c")).toEqual({ path: "${{parent.outputs.c}}", name: "kept" });
  const again = (port: string) => nameOutput({ ...node, outputs: nameOutput(node, port, "kept") }, port, "");
  expect(again("a").a).toEqual({});
  expect(again("c")).toEqual(node.outputs);
  expect(again("d")).toEqual(node.outputs);
  expect(nameOutput({ component: "azureml:x:1", outputs: { out: { name: "kept" } } }, "out", "")).toEqual({});
});
