import { expect, it } from "vitest";
import * as Y from "yjs";
import { createDocumentState, openDocument } from "./open-document.ts";
import type { Clash } from "./types.ts";

const text = `type: pipeline
jobs:
  split:
    component: atelier:split_data
    inputs:
      fraction: 0.5
`;

/** Two people with the same document; what one does reaches the other at once. */
function openTwo() {
  const docs = [new Y.Doc(), new Y.Doc()] as const;
  const state = createDocumentState(text);
  for (const doc of docs) Y.applyUpdate(doc, state);
  const [one, other] = docs;
  one.on("update", (update, origin) => origin !== other && Y.applyUpdate(other, update, one));
  other.on("update", (update, origin) => origin !== one && Y.applyUpdate(one, update, other));
  return [openDocument(one), openDocument(other)] as const;
}

it("says what was kept last of a field that is still being edited, not what it had when it was entered", () => {
  const [mine, theirs] = openTwo();
  const clashes: Clash[] = [];
  mine.onClash((clash) => clashes.push(clash));
  mine.setEditing({ node: "split", field: "inputs.fraction", mine: 0.5 });
  mine.setInput("split", "fraction", 0.8);
  expect(clashes).toEqual([]);
  theirs.setInput("split", "fraction", 0.9);
  expect(clashes).toMatchObject([{ node: "split", field: "inputs.fraction", mine: 0.8, theirs: 0.9 }]);
});
