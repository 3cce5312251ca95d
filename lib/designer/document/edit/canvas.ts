import { DocumentError } from "../errors.ts";
import { nameFromPath, newItemId, uniqueName } from "../names.ts";
import type { CanvasComment, Json, JsonMap, NewComment, NewData, NodeGroup, Point } from "../types.ts";
import { isMap, mapOf, valueAt, withValue } from "../values.ts";
import { pointValue } from "./nodes.ts";

export function addData(edited: JsonMap, data: NewData): { edited: JsonMap; name: string } {
  const name = uniqueName(data.name ?? nameFromPath(data.path), (taken) =>
    Object.hasOwn(mapOf(edited.inputs), taken),
  );
  const placed = withValue(edited, ["designer", "positions", `inputs.${name}`], pointValue(data.position));
  return { edited: withValue(placed, ["inputs", name], { type: data.type, path: data.path }), name };
}

export function setData(
  edited: JsonMap,
  name: string,
  change: { path?: string; type?: string; mode?: string | null },
): JsonMap {
  let data = valueAt(edited, ["inputs", name]);
  if (!isMap(data)) throw new DocumentError(`The data “${name}” is not there any more.`);
  for (const [key, value] of Object.entries(change))
    data = withValue(data, [key], value === null ? undefined : value);
  return withValue(edited, ["inputs", name], data);
}

export function moveNodes(edited: JsonMap, positions: Readonly<Record<string, Point>>): JsonMap {
  const known = mapOf(valueAt(edited, ["designer", "positions"]));
  const moved = { ...known };
  for (const [id, point] of Object.entries(positions)) {
    const path = id.startsWith("inputs.") ? ["inputs", id.slice("inputs.".length)] : ["jobs", id];
    if (valueAt(edited, path) !== undefined) moved[id] = pointValue(point);
  }
  return withValue(edited, ["designer", "positions"], moved);
}

/** Keys below a mapping of the document; null takes one away. */
export function setKeys(edited: JsonMap, path: string[], change: Readonly<Record<string, Json>>): JsonMap {
  let next = edited;
  for (const [key, value] of Object.entries(change))
    next = withValue(next, [...path, key], value === null ? undefined : value);
  return next;
}

function round(change: Readonly<Record<string, unknown>>): JsonMap {
  const entries = Object.entries(change).filter(([key]) => key !== "id");
  return Object.fromEntries(
    entries.map(([key, value]) => [key, (typeof value === "number" ? Math.round(value) : value) as Json]),
  );
}

function item(edited: JsonMap, list: "groups" | "comments", id: string): JsonMap {
  const found = valueAt(edited, ["designer", list, id]);
  if (!isMap(found))
    throw new DocumentError(`This ${list === "groups" ? "group" : "comment"} is not there any more.`);
  return found;
}

export function addComment(edited: JsonMap, comment: NewComment, now: number) {
  const id = comment.id ?? newItemId(now);
  const { text, x, y, w = 240, h = 120, author = "", at = now } = comment;
  const value = { id, ...round({ text, x, y, w, h, author, at }) };
  return { edited: withValue(edited, ["designer", "comments", id], value), id };
}

export function updateComment(
  edited: JsonMap,
  id: string,
  change: Partial<Omit<CanvasComment, "id">>,
): JsonMap {
  return withValue(edited, ["designer", "comments", id], {
    ...item(edited, "comments", id),
    ...round(change),
  });
}

export function addGroup(
  edited: JsonMap,
  nodes: readonly string[],
  title: string,
  color: string,
  now: number,
) {
  const id = newItemId(now);
  return {
    edited: withValue(edited, ["designer", "groups", id], { id, title, nodes: [...nodes], color }),
    id,
  };
}

export function updateGroup(edited: JsonMap, id: string, change: Partial<Omit<NodeGroup, "id">>): JsonMap {
  const { nodes, ...rest } = change;
  const value = { ...item(edited, "groups", id), ...round(rest), ...(nodes ? { nodes: [...nodes] } : {}) };
  return withValue(edited, ["designer", "groups", id], value);
}

export function removeItem(edited: JsonMap, list: "groups" | "comments", id: string): JsonMap {
  item(edited, list, id);
  return withValue(edited, ["designer", list, id], undefined);
}
