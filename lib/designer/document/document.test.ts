import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { writtenPipeline, writtenPipelines } from "../testing/pipelines.ts";
import { createDocumentState, openDocument } from "./open-document.ts";
import { readText } from "./read-text.ts";

function open(text: string) {
  const ydoc = new Y.Doc();
  Y.applyUpdate(ydoc, createDocumentState(text));
  return { ydoc, document: openDocument(ydoc) };
}

/** Lines that only one of two texts has. */
function changedLines(before: string, after: string): { gone: string[]; come: string[] } {
  const come = after.split("\n");
  const gone = before.split("\n").filter((line) => {
    const index = come.indexOf(line);
    if (index === -1) return true;
    come.splice(index, 1);
    return false;
  });
  return { gone, come };
}

describe("text that nobody changed", () => {
  for (const { name, text } of writtenPipelines) {
    it(`${name} stays to the byte`, () => expect(open(text).document.getText()).toBe(text));

    it(`${name} stays to the byte when every step is moved, set and undone`, () => {
      const { document } = open(text);
      const names = document.getGraphDocument().nodes.map((node) => node.name);
      for (const [index, node] of names.entries()) {
        document.moveNodes({ [node]: { x: index, y: 10 } });
        document.setInput(node, "added", "one");
        document.setNode(node, { comment: "why", compute: "cpu" });
      }
      while (document.canUndo()) document.undo();
      expect(document.getText()).toBe(text);
    });

    it(`${name}: taking back each edit by its opposite gives the same text`, () => {
      const { document } = open(text);
      const name = document.addNode({ ref: "azureml:x:1", displayName: "New One", position: { x: 1, y: 2 } });
      document.setInput(name, "a", 1);
      const id = document.addComment({ text: "hm", x: 1, y: 1 });
      const group = document.group([name], "G");
      expect(readText(document.getText()).value.jobs).toHaveProperty(name);
      document.removeComment(id);
      document.ungroup(group);
      document.removeNodes([name]);
      expect(document.getText()).toBe(text);
    });
  }
});

describe("an edit", () => {
  for (const { name, text } of writtenPipelines) {
    const nodes = open(text).document.getGraphDocument().nodes;
    for (const node of nodes) {
      it(`of ${node.name} in ${name} touches only its lines`, () => {
        const { document } = open(text);
        const before = readText(text).value as { jobs: Record<string, object> };
        document.setInput(node.name, "zeta", 0.25);
        const after = readText(document.getText()).value as { jobs: Record<string, { inputs: object }> };
        expect(after.jobs[node.name]?.inputs).toMatchObject({ zeta: 0.25 });
        for (const other of Object.keys(before.jobs))
          if (other !== node.name) expect(after.jobs[other]).toEqual(before.jobs[other]);
        const inFlow = text.includes(`${node.name}: {`) || node.name === "look_job";
        const { gone, come } = changedLines(text, document.getText());
        if (!text.includes("\r") && !text.includes("<<:")) {
          expect(come.join("\n")).toContain("zeta: 0.25");
          expect(gone.length).toBeLessThanOrEqual(inFlow ? 1 : 0);
        }
      });
    }
  }

  it("of a value keeps the comment and the quotes beside it", () => {
    const { document } = open(writtenPipeline("2"));
    document.setPromoted("schedule", "never");
    document.setPromoted("max_epochs", 30);
    document.setPipeline({ display_name: "Other" });
    document.setPipeline({ description: "It's changed." });
    const { gone, come } = changedLines(writtenPipeline("2"), document.getText());
    expect(gone).toHaveLength(4);
    expect(come).toEqual([
      'display_name: "Other"',
      "description: 'It''s changed.'",
      "  max_epochs: 30",
      '  schedule: "never"',
    ]);
  });

  it("keeps a comment behind the value and the unusual indent", () => {
    const { document } = open(writtenPipeline("1"));
    document.setSettings({ default_compute: "azureml:gpu" });
    document.setInput("train", "rate", 0.2);
    document.setInput("train", "note", "line one\nline two: yes\n");
    const { gone, come } = changedLines(writtenPipeline("1"), document.getText());
    expect(gone).toEqual([
      "    default_compute: azureml:cpu-cluster   # four spaces here",
      "            rate: 0.10",
    ]);
    expect(come).toEqual([
      "    default_compute: azureml:gpu   # four spaces here",
      "            rate: 0.2",
      "            note: |",
      "              line one",
      "              line two: yes",
    ]);
  });

  it("keeps the line ends of Windows", () => {
    const { document } = open(writtenPipeline("7"));
    document.setInput("a", "x", 1);
    document.addNode({ ref: "azureml:x:1", displayName: "C", position: { x: 0, y: 0 } });
    expect(document.getText().replaceAll("\r\n", "")).not.toContain("\n");
  });

  it("by edit gives text that opens as the same graph", () => {
    for (const { name, text } of writtenPipelines) {
      const { document } = open(text);
      let seed = text.length;
      const random = (below: number) => {
        seed = (seed * 1103515245 + 12345) % 2147483648;
        return Math.floor((seed / 2147483648) * below);
      };
      for (let step = 0; step < 25; step++) {
        const { nodes, comments, groups } = document.getGraphDocument();
        const node = nodes[random(nodes.length)]?.name;
        const kind = random(9);
        if (kind === 0 || !node) {
          const displayName = ["Train Model", "Überblick 2", "yes", "1 two"][random(4)] ?? "";
          document.addNode({ ref: "azureml:x:1", displayName, position: { x: random(900), y: random(900) } });
        } else if (kind === 1)
          document.setInput(node, "p", ["a: b", "yes", 0.5, true, "x\n y\n", ""][random(6)] ?? null);
        else if (kind === 2) document.setNode(node, { comment: ["# no comment", null][random(2)] ?? null });
        else if (kind === 3) document.addComment({ text: "a\nb # c", x: random(9), y: 1 });
        else if (kind === 4 && comments[0]) document.removeComment(comments[0].id);
        else if (kind === 5) document.group([node], "G: 1");
        else if (kind === 6 && groups[0]) document.updateGroup(groups[0].id, { title: "T" });
        else if (kind === 7) document.duplicate([node]);
        else if (random(3) === 0) document.removeNodes([node]);
        else document.renameNode(node, `n${step}`);
      }
      const again = open(document.getText()).document;
      expect(again.getText(), name).toBe(document.getText());
      const [one, other] = [document.getGraphDocument(), again.getGraphDocument()];
      const byName = (graph: typeof one) =>
        graph.nodes.map(({ raw, ...node }) => node).sort((a, b) => (a.name < b.name ? -1 : 1));
      expect(byName(other), name).toEqual(byName(one));
      expect(other.comments.map(({ id }) => id).sort()).toEqual(one.comments.map(({ id }) => id).sort());
    }
  });

  it("writes a first step into an empty pipeline", () => {
    const { document } = open(writtenPipeline("9"));
    document.addData({ path: "azureml:bank@latest", type: "uri_file", position: { x: 0, y: 0 } });
    const name = document.addNode({
      ref: "azureml://registries/atelier/components/clean_missing_data",
      displayName: "Clean Missing Data",
      position: { x: 10.4, y: 99.6 },
      parameters: { cleaning_mode: "yes" },
    });
    document.connect({ from: { input: "bank" }, to: { node: name, port: "dataset" } });
    expect(document.getText()).toBe(`type: pipeline
inputs:
  bank:
    type: uri_file
    path: azureml:bank@latest
jobs:
  clean_missing_data:
    type: command
    component: azureml://registries/atelier/components/clean_missing_data
    display_name: Clean Missing Data
    inputs:
      cleaning_mode: "yes"
      dataset: \${{parent.inputs.bank}}
designer:
  positions:
    inputs.bank: [0, 0]
    clean_missing_data: [10, 100]
`);
  });

  it("renames a step with its comments and every use", () => {
    const { document } = open(writtenPipeline("1"));
    document.renameNode("train", "fit");
    const { gone, come } = changedLines(writtenPipeline("1"), document.getText());
    expect(gone).toEqual(["    train:", "            model: ${{parent.jobs.train.outputs.model}}"]);
    expect(come).toEqual(["    fit:", "            model: ${{parent.jobs.fit.outputs.model}}"]);
    document.undo();
    expect(document.getText()).toBe(writtenPipeline("1"));
  });
});

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
