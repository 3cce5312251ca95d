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
