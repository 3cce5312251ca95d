import type { Json, JsonMap } from "./types.ts";
import { isMap, mapOf, mapValues, sameValue, valueAt, withValue } from "./values.ts";

/**
 * A document is edited in a form of its own: mappings that two people may start at the same moment are always there, and
 * the canvas's lists of things with an `id` are mappings by id, so that two additions never replace each other.
 */

/** Mappings that are always there while a document is open; written only when they hold something. */
const lastingMaps: readonly (readonly string[])[] = [
  ["settings"],
  ["inputs"],
  ["outputs"],
  ["jobs"],
  ["designer"],
  ["designer", "positions"],
  ["designer", "groups"],
  ["designer", "comments"],
];
const lastingNodeMaps = ["inputs", "outputs"];
const listsById: readonly (readonly string[])[] = [
  ["designer", "groups"],
  ["designer", "comments"],
];

function byId(value: Json | undefined): JsonMap | null {
  if (!Array.isArray(value)) return null;
  const map: JsonMap = {};
  for (const item of value) {
    if (!isMap(item) || typeof item.id !== "string" || Object.hasOwn(map, item.id)) return null;
    map[item.id] = item;
  }
  return map;
}

/** The value of a text in the form in which it is edited. */
export function toEdited(value: JsonMap): JsonMap {
  let edited = value;
  for (const path of listsById) {
    const listed = valueAt(edited, path);
    const map = Array.isArray(listed) ? byId(listed) : null;
    if (map) edited = withValue(edited, path, map);
  }
  for (const path of lastingMaps) edited = ensureMap(edited, path);
  const { jobs } = edited;
  if (!isMap(jobs)) return edited;
  const nodes = mapValues(jobs, (node) =>
    isMap(node) ? lastingNodeMaps.reduce((map, key) => ensureMap(map, [key]), node) : node,
  );
  return nodes === jobs ? edited : { ...edited, jobs: nodes };
}

function ensureMap(value: JsonMap, path: readonly string[]): JsonMap {
  const found = valueAt(value, path);
  return found === undefined || found === null ? withValue(value, path, {}) : value;
}

/** What is written as text. `template` is the value of the text that it is written into. */
export function toWritten(edited: JsonMap, template: JsonMap): JsonMap {
  let written = edited;
  for (const path of listsById) written = withLists(written, template, path);
  for (const path of [...lastingMaps].reverse()) {
    if (path.length > 1 || path[0] !== "jobs") written = dropEmpty(written, template, path);
  }
  const jobs = valueAt(written, ["jobs"]);
  if (!isMap(jobs)) return written;
  const nodes: JsonMap = {};
  for (const [name, node] of Object.entries(jobs)) {
    const old = mapOf(valueAt(template, ["jobs", name]));
    nodes[name] = isMap(node) ? lastingNodeMaps.reduce((map, key) => dropEmpty(map, old, [key]), node) : node;
  }
  const kept = template.jobs === null && Object.keys(nodes).length === 0 ? null : nodes;
  return { ...written, jobs: kept };
}

function withLists(written: JsonMap, template: JsonMap, path: readonly string[]): JsonMap {
  const map = valueAt(written, path);
  if (!isMap(map)) return written;
  const old = valueAt(template, path);
  const order = Array.isArray(old) ? old.map((item) => String(mapOf(item).id)) : [];
  const places = new Map(order.map((id, index) => [id, index]));
  const place = (id: string) => places.get(id) ?? order.length;
  const ids = Object.keys(map).sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
  const list = ids.map((id) => map[id] ?? null);
  // An empty list stays one; without it in the text, an empty mapping is dropped below.
  return list.length > 0 || (Array.isArray(old) && old.length === 0)
    ? withValue(written, path, list)
    : written;
}

function dropEmpty(written: JsonMap, template: JsonMap, path: readonly string[]): JsonMap {
  const value = valueAt(written, path);
  if (!isMap(value) || Object.keys(value).length > 0) return written;
  const old = valueAt(template, path);
  const asBefore = old === null || sameValue(old, {});
  return withValue(written, path, asBefore ? old : undefined);
}
