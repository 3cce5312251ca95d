import { expect, it } from "vitest";
import * as Y from "yjs";
import { writtenPipelines } from "../testing/pipelines.ts";
import { createDocumentState, openDocument } from "./open-document.ts";

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

it("in a large text reads as the graph does", () => {
  const nodes = Array.from(
    { length: 300 },
    (_, i) =>
      `  step_${i}:\n    # Step ${i}\n    type: command\n    component: azureml:thing:${i}\n    inputs:\n      a: ${i} # number\n${i ? `      data: \${{parent.jobs.step_${i - 1}.outputs.out}}\n` : ""}`,
  );
  const places = nodes.map((_, i) => `    step_${i}: [${i}, ${2 * i}]\n`);
  const text = `type: pipeline\njobs:\n${nodes.join("\n")}designer:\n  positions:\n${places.join("")}`;
  expect(text.length).toBeGreaterThan(40_000);
  const { document } = open(text);
  const seen = new Set<string>();
  for (let step = 0; step < 40; step++) {
    const name = `step_${(step * 37) % 300}`;
    const graph = document.getGraphDocument();
    if (!graph.nodes.some((node) => node.name === name)) continue;
    if (step % 8 === 0) document.setInput(name, "script", "x = 1\nif x:\n    y()\n");
    else if (step % 8 === 1) document.removeNodes([name]);
    else if (step % 8 === 2) document.setInput(name, "a", 'quoted: "text" # none');
    else if (step % 8 === 3) document.setNode(name, { comment: "why", limits: { timeout: 5 } });
    else if (step % 8 === 4) document.moveNodes({ [name]: { x: step, y: -step } });
    else if (step % 8 === 5)
      document.addNode({ ref: "azureml:x:1", displayName: "New", position: { x: 1, y: 1 } });
    else if (step % 8 === 6) document.disconnect({ node: name, port: "data" });
    else document.setSettings({ default_compute: `c${step}` });
    const again = document.getText();
    expect(seen.has(again)).toBe(false);
    seen.add(again);
    const other = open(again).document.getGraphDocument();
    const now = document.getGraphDocument();
    const plain = (all: typeof now) => new Map(all.nodes.map(({ raw: _, ...node }) => [node.name, node]));
    expect(plain(other), `step ${step}`).toEqual(plain(now));
    expect(other.settings).toEqual(now.settings);
  }
  const { gone } = changedLines(text, document.getText());
  expect(gone.length).toBeLessThan(120);
}, 120_000);
