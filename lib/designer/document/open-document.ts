import * as Y from "yjs";
import { createClashWatch } from "./clash.ts";
import * as canvas from "./edit/canvas.ts";
import * as clipboard from "./edit/clipboard.ts";
import type { TypeOf } from "./edit/inputs.ts";
import * as nodes from "./edit/nodes.ts";
import { createEditor } from "./editor.ts";
import { readText } from "./read-text.ts";
import { renameInTemplate, renderText } from "./render-text.ts";
import { toEdited } from "./shape.ts";
import { createSnapshotCache, takeSnapshot } from "./snapshot.ts";
import type { Clash, JsonMap, OpenOptions, PipelineDocument } from "./types.ts";
import { createWho } from "./who.ts";
import { withDifference } from "./with-difference.ts";
import { metaMap } from "./y-document.ts";

/** Opens a draft's Y.Doc. It may be empty still while it is fetched: the picture follows. */
export function openDocument(ydoc: Y.Doc, options: OpenOptions = {}): PipelineDocument {
  const now = options.now ?? Date.now;
  const clashes = createClashWatch(now);
  const who = createWho(options.presence);
  const clashListeners = new Set<(clash: Clash) => void>();
  const listeners = new Set<() => void>();
  const cache = createSnapshotCache();
  const editor = createEditor(ydoc, {
    onChange() {
      picture = null;
      who.look();
      for (const listener of [...listeners]) listener();
    },
    onOwn: clashes.noteOwn,
    onForeign(events) {
      for (const { client, ...clash } of clashes.examine(events)) {
        who.tell(client, (by) => {
          for (const tell of clashListeners) tell({ ...clash, by });
        });
      }
    },
  });
  let picture: ReturnType<typeof takeSnapshot> | null = null;
  let pictured: JsonMap | null = null;
  let written: { edited: JsonMap; template: unknown; text: string } | null = null;

  let typeOf: TypeOf = () => undefined;

  const edit = (change: (edited: JsonMap) => JsonMap, merge?: string) => editor.run(change, merge);

  return {
    getGraphDocument() {
      if (!picture) {
        const edited = editor.current();
        picture = takeSnapshot(edited, pictured, cache);
        pictured = edited;
      }
      return picture;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    addNode: (node) => editor.runFor((edited) => nodes.addNode(edited, node)).name,
    addData: (data) => editor.runFor((edited) => canvas.addData(edited, data)).name,
    setData: (name, change) => edit((edited) => canvas.setData(edited, name, change)),
    setTypes(find) {
      typeOf = find;
    },
    removeNodes: (names) => edit((edited) => nodes.removeNodes(edited, names, typeOf)),
    duplicate: (names) => editor.runFor((edited) => clipboard.duplicate(edited, names)).ids,
    copyAsText: (names) => clipboard.copyAsText(editor.current(), names),
    pasteText: (text, at) =>
      Object.values(editor.runFor((edited) => clipboard.pasteText(edited, text, at)).ids),
    connect: ({ from, to }) => edit((edited) => nodes.connect(edited, from, to)),
    disconnect: (to) => edit((edited) => nodes.disconnect(edited, to, typeOf)),
    setInput: (node, key, value) =>
      edit((edited) => nodes.setInput(edited, node, key, value, typeOf), `${node}.inputs.${key}`),
    setNode: (node, change) =>
      edit((edited) => nodes.setNode(edited, node, change), `${node}.${Object.keys(change).join()}`),
    renameNode(name, newName) {
      const input = nodes.inputNameOf(name);
      const section = input === null ? "jobs" : "inputs";
      const to = nodes.inputNameOf(newName) ?? newName;
      editor.run(
        (edited) => nodes.renameNode(edited, name, newName),
        undefined,
        (template) => renameInTemplate(template, section, input ?? name, to),
      );
    },
    moveNodes: (positions) => edit((edited) => canvas.moveNodes(edited, positions)),
    promote: (node, parameter, inputName, fallback) =>
      edit((edited) => nodes.promote(edited, node, parameter, inputName, fallback)),
    demote: (node, parameter) => edit((edited) => nodes.demote(edited, node, parameter, typeOf)),
    setPromoted: (name, value) => edit((edited) => nodes.setPromoted(edited, name, value), `inputs.${name}`),
    setSettings: (change) =>
      edit(
        (edited) => canvas.setKeys(edited, ["settings"], change),
        `settings.${Object.keys(change).join()}`,
      ),
    setPipeline: (change) =>
      edit((edited) => canvas.setKeys(edited, [], change), `pipeline.${Object.keys(change).join()}`),
    addComment: (comment) => editor.runFor((edited) => canvas.addComment(edited, comment, now())).id,
    updateComment: (id, change) =>
      edit((edited) => canvas.updateComment(edited, id, change), `comment.${id}`),
    removeComment: (id) => edit((edited) => canvas.removeItem(edited, "comments", id)),
    group: (names, title, color = "") =>
      editor.runFor((edited) => canvas.addGroup(edited, names, title, color, now())).id,
    updateGroup: (id, change) => edit((edited) => canvas.updateGroup(edited, id, change), `group.${id}`),
    ungroup: (id) => edit((edited) => canvas.removeItem(edited, "groups", id)),

    getText() {
      const edited = editor.current();
      const template = metaMap(ydoc).get("template");
      if (written?.edited !== edited || written.template !== template) {
        const text = renderText(ydoc);
        written = { edited, template, text };
      }
      return written.text;
    },
    setText(text, base) {
      const next = readText(text).value;
      const before = base === undefined ? null : toEdited(readText(base).value);
      editor.run(
        (edited) => (before ? withDifference(edited, before, toEdited(next)) : toEdited(next)),
        "text",
        () => text,
      );
    },

    undo: editor.undo,
    redo: editor.redo,
    canUndo: editor.canUndo,
    canRedo: editor.canRedo,

    setEditing(field) {
      const inside = field ? field.field.split(".") : [];
      const path = field && (field.node === "" ? inside : ["jobs", field.node, ...inside]);
      clashes.setEditing(path, field?.mine);
    },
    onClash(listener) {
      clashListeners.add(listener);
      return () => clashListeners.delete(listener);
    },
    close() {
      editor.close();
      listeners.clear();
      clashListeners.clear();
    },
  };
}

/** A new document of a text, as one update that a Y.Doc can be filled with. */
export function createDocumentState(text: string): Uint8Array {
  const ydoc = new Y.Doc();
  const document = openDocument(ydoc);
  document.setText(text);
  document.close();
  const state = Y.encodeStateAsUpdate(ydoc);
  ydoc.destroy();
  return state;
}
