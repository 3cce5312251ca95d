import * as Y from "yjs";
import { toEdited } from "./shape.ts";
import type { Json, JsonMap } from "./types.ts";
import { isMap, sameValue } from "./values.ts";
import { applyDifference, documentMap, metaMap, readMap, toPlain } from "./y-document.ts";

export interface EditorListeners {
  onChange(): void;
  /** A field was set here. */
  onOwn(path: readonly string[], value: Json | undefined): void;
  onForeign(events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): void;
}

/** Runs edits on a Y.Doc, each one transaction and one step of undo, and mirrors it as plain values. */
export function createEditor(ydoc: Y.Doc, listeners: EditorListeners) {
  const shared = documentMap(ydoc);
  const meta = metaMap(ydoc);
  /** The origin of what is done here, so that undo takes back only that. */
  const origin = { by: "editor" };
  const history = new Y.UndoManager([shared, meta], {
    trackedOrigins: new Set([origin]),
    captureTimeout: 1500,
  });
  let mirror: JsonMap = readMap(shared, []);
  let lastMerge: string | undefined;

  const onEvents = (events: Y.YEvent<Y.AbstractType<unknown>>[], transaction: Y.Transaction) => {
    for (const event of events) {
      if (!(event.target instanceof Y.Map)) continue;
      mirror = refresh(mirror, event.target as Y.Map<unknown>, event.path.map(String), [
        ...event.changes.keys.keys(),
      ]);
    }
    if (!transaction.local) listeners.onForeign(events);
    listeners.onChange();
  };
  const onMeta = () => listeners.onChange();
  shared.observeDeep(onEvents);
  meta.observe(onMeta);

  /**
   * Runs one edit. Edits of one `merge` word that follow each other within 1.5 s are one step of undo, such as typing in one
   * field.
   */
  function run(
    change: (edited: JsonMap) => JsonMap,
    merge?: string,
    changeTemplate?: (template: string) => string,
  ): void {
    const before = mirror;
    const complete = toEdited(before);
    const after = change(complete);
    if (merge === undefined || merge !== lastMerge) history.stopCapturing();
    lastMerge = merge;
    ydoc.transact(() => {
      noteDifference(before, after, [], listeners.onOwn);
      applyDifference(shared, before, after);
      if (!changeTemplate) return;
      const old = meta.get("template");
      const template = changeTemplate(typeof old === "string" ? old : "");
      if (template !== old) meta.set("template", template);
    }, origin);
  }

  return {
    current: () => mirror,
    run,
    /** Runs an edit that also answers something. */
    runFor<T extends { edited: JsonMap }>(change: (edited: JsonMap) => T): T {
      const result = change(toEdited(mirror));
      run(() => result.edited);
      return result;
    },
    undo() {
      lastMerge = undefined;
      history.undo();
    },
    redo() {
      lastMerge = undefined;
      history.redo();
    },
    canUndo: () => history.undoStack.length > 0,
    canRedo: () => history.redoStack.length > 0,
    close() {
      shared.unobserveDeep(onEvents);
      meta.unobserve(onMeta);
      history.destroy();
    },
  };
}

/** The mirror with some keys of one mapping read anew; everything beside the path is shared. */
function refresh(mirror: JsonMap, target: Y.Map<unknown>, path: readonly string[], keys: string[]): JsonMap {
  const [key, ...rest] = path;
  if (key !== undefined) {
    const inner = mirror[key];
    // A mapping that came in the same transaction was read whole with its parent.
    return isMap(inner) ? { ...mirror, [key]: refresh(inner, target, rest, keys) } : mirror;
  }
  const next = { ...mirror };
  for (const each of keys) {
    if (target.has(each)) next[each] = toPlain(target.get(each));
    else delete next[each];
  }
  return next;
}

function noteDifference(
  before: JsonMap,
  after: JsonMap,
  path: readonly string[],
  note: EditorListeners["onOwn"],
): void {
  for (const key of Object.keys(before)) if (!Object.hasOwn(after, key)) note([...path, key], undefined);
  for (const [key, next] of Object.entries(after)) {
    const old = before[key];
    if (old === next || sameValue(old, next)) continue;
    if (isMap(next)) noteDifference(isMap(old) ? old : {}, next, [...path, key], note);
    else note([...path, key], next);
  }
}
