import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { writtenPipeline } from "../testing/pipelines.ts";
import { createDocumentState, openDocument } from "./open-document.ts";

function open(text: string) {
  const ydoc = new Y.Doc();
  Y.applyUpdate(ydoc, createDocumentState(text));
  return { ydoc, document: openDocument(ydoc) };
}

describe("the picture", () => {
  const text = writtenPipeline("6");

  it("tells nodes, data, promoted values, edges, groups and comments", () => {
    const graph = open(text).document.getGraphDocument();
    expect(graph.nodes.map((node) => node.name)).toEqual([
      "clean_missing_data",
      "split_data",
      "forest",
      "train_model",
    ]);
    expect(graph.dataNodes).toEqual([
      {
        name: "bank",
        id: "inputs.bank",
        path: "azureml:bank-marketing@latest",
        type: "uri_file",
        mode: null,
        position: { x: 40, y: 0 },
      },
    ]);
    expect(graph.promoted).toEqual([
      {
        name: "trees",
        type: "integer",
        value: 100,
        uses: [{ node: "forest", parameter: "number_of_trees" }],
      },
    ]);
    expect(graph.edges.map((edge) => `${edge.from}.${edge.fromPort} > ${edge.to}.${edge.toPort}`)).toEqual([
      "inputs.bank.out > clean_missing_data.dataset",
      "clean_missing_data.cleaned_dataset > split_data.dataset",
      "forest.untrained_model > train_model.untrained_model",
      "split_data.results_dataset1 > train_model.dataset",
    ]);
    expect(graph.groups[0]?.nodes).toEqual(["clean_missing_data", "split_data"]);
    expect(graph.comments.map((comment) => comment.id).sort()).toEqual(["c1", "c2"]);
  });

  it("keeps what did not change", () => {
    const { document } = open(text);
    const before = document.getGraphDocument();
    expect(document.getGraphDocument()).toBe(before);
    document.setInput("split_data", "fraction", 0.6);
    const after = document.getGraphDocument();
    expect(after.nodes[0]).toBe(before.nodes[0]);
    expect(after.nodes[1]).not.toBe(before.nodes[1]);
    expect(after.nodes[1]?.inputs.fraction).toEqual({ kind: "literal", value: 0.6 });
    expect(after.edges[0]).toBe(before.edges[0]);
    expect(after.groups).toBe(before.groups);
    expect(after.dataNodes).toBe(before.dataNodes);
  });

  it("refuses a circle", () => {
    const { document } = open(text);
    expect(() =>
      document.connect({
        from: { node: "train_model", port: "trained_model" },
        to: { node: "clean_missing_data", port: "dataset" },
      }),
    ).toThrow("circle");
  });
});

describe("text that somebody types", () => {
  it("changes the graph and keeps its comments in later edits", () => {
    const { document } = open(writtenPipeline("6"));
    document.setText(
      document.getText().replace("fraction: 0.7", "fraction: 0.8 # more for training\n      random_seed: 7"),
    );
    expect(document.getGraphDocument().nodes[1]?.inputs).toMatchObject({
      fraction: { value: 0.8 },
      random_seed: { value: 7 },
    });
    document.setInput("split_data", "fraction", 0.9);
    expect(document.getText()).toContain("fraction: 0.9 # more for training\n");
  });

  it("is refused with its line and leaves everything as it was", () => {
    const { document } = open(writtenPipeline("6"));
    const before = document.getText();
    for (const [text, line] of [
      ["type: pipeline\njobs:\n  a: [1\n", 4],
      ["type: pipeline\ntype: pipeline\n", 2],
      ["- a\n", 1],
      ["a: 1\n---\nb: 2\n", 2],
      ["a: *nothing\n", 1],
    ] as const) {
      let found: unknown;
      try {
        document.setText(text);
      } catch (error) {
        found = (error as { line?: number }).line;
      }
      expect(found, text).toBe(line);
    }
    expect(document.getText()).toBe(before);
  });

  it("leaves what others changed since it was fetched", () => {
    const { document } = open(writtenPipeline("6"));
    const base = document.getText();
    document.setInput("forest", "maximum_depth", 5);
    document.setText(base.replace("fraction: 0.7", "fraction: 0.5"), base);
    const { nodes } = document.getGraphDocument();
    expect(nodes[1]?.inputs.fraction).toEqual({ kind: "literal", value: 0.5 });
    expect(nodes[2]?.inputs.maximum_depth).toEqual({ kind: "literal", value: 5 });
    expect(document.getText()).toContain("maximum_depth: 5");
  });
});

describe("copy, paste, duplicate", () => {
  it("moves part of a pipeline to another draft with its inner edges", () => {
    const from = open(writtenPipeline("6")).document;
    const to = open(writtenPipeline("9")).document;
    const text = from.copyAsText(["split_data", "forest", "train_model"]);
    expect(to.pasteText(text, { x: 1000, y: 1000 })).toEqual(["split_data", "forest", "train_model"]);
    const graph = to.getGraphDocument();
    expect(graph.edges).toHaveLength(2);
    expect(graph.nodes[0]?.inputs.dataset).toBeUndefined();
    expect(graph.promoted).toEqual([expect.objectContaining({ name: "trees", value: 100 })]);
    expect(graph.nodes.map((node) => node.position)).toEqual([
      { x: 1000, y: 1000 },
      { x: 1280, y: 1000 },
      { x: 1140, y: 1120 },
    ]);
    to.undo();
    expect(to.getText()).toBe(writtenPipeline("9"));
  });

  it("pasted twice gets free names; a duplicate is fed by the same sources", () => {
    const { document } = open(writtenPipeline("6"));
    const text = document.copyAsText(["inputs.bank", "clean_missing_data"]);
    expect(document.pasteText(text)).toEqual(["clean_missing_data_2", "inputs.bank_2"]);
    expect(document.getGraphDocument().nodes.at(-1)?.inputs.dataset).toEqual({
      kind: "pipeline_input",
      name: "bank_2",
    });
    expect(document.duplicate(["split_data"])).toEqual({ split_data: "split_data_2" });
    expect(document.getGraphDocument().nodes.at(-1)?.inputs.dataset).toMatchObject({
      node: "clean_missing_data",
    });
  });

  it("refuses text that is no part of a pipeline", () => {
    const { document } = open(writtenPipeline("9"));
    expect(() => document.pasteText("hello there")).toThrow();
    expect(() => document.pasteText("a: 1")).toThrow("no step");
  });
});

describe("promoting", () => {
  it("moves the value to the pipeline and back", () => {
    const { document } = open(writtenPipeline("6"));
    document.promote("split_data", "fraction", "share");
    expect(document.getGraphDocument().promoted.at(-1)).toMatchObject({ name: "share", value: 0.7 });
    document.setPromoted("share", 0.75);
    document.demote("split_data", "fraction");
    expect(document.getGraphDocument().promoted).toHaveLength(1);
    expect(document.getText()).toBe(writtenPipeline("6").replace("fraction: 0.7", "fraction: 0.75"));
  });
});

describe("undo", () => {
  it("takes back typing in one field at once, and separate commands one by one", () => {
    const { document } = open(writtenPipeline("6"));
    document.setInput("train_model", "label", "d");
    document.setInput("train_model", "label", "de");
    document.setInput("split_data", "fraction", 0.5);
    document.undo();
    expect(document.getText()).toContain("label: de\n");
    document.undo();
    expect(document.getText()).toBe(writtenPipeline("6"));
    expect(document.canUndo()).toBe(false);
    document.redo();
    document.redo();
    expect(document.getText()).toContain("fraction: 0.5");
  });

  it("gives a removed step back with its edges, place and group", () => {
    const { document } = open(writtenPipeline("6"));
    document.removeNodes(["split_data", "inputs.bank"]);
    const graph = document.getGraphDocument();
    expect(graph.edges).toHaveLength(1);
    expect(graph.dataNodes).toHaveLength(0);
    expect(graph.groups[0]?.nodes).toEqual(["clean_missing_data"]);
    document.undo();
    expect(document.getText()).toBe(writtenPipeline("6"));
    expect(document.getGraphDocument().edges).toHaveLength(4);
  });
});
