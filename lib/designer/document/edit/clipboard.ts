import { findReferences, renameReferences } from "../bindings.ts";
import { DocumentError } from "../errors.ts";
import { uniqueName } from "../names.ts";
import { readText } from "../read-text.ts";
import { toEdited } from "../shape.ts";
import { isDataInput } from "../snapshot.ts";
import type { Json, JsonMap, Point } from "../types.ts";
import { isMap, mapOf, mapValues, sameValue, valueAt, withValue } from "../values.ts";
import { writeText } from "../write-value.ts";
import { clearInput } from "./inputs.ts";
import { inputNameOf, pointValue } from "./nodes.ts";

const beside = 40;

/** YAML of some steps and data: a small pipeline that can be pasted into another one, or kept in a file. */
export function copyAsText(edited: JsonMap, ids: readonly string[]): string {
  const positions = mapOf(valueAt(edited, ["designer", "positions"]));
  const jobs: JsonMap = {};
  const inputs: JsonMap = {};
  const places: JsonMap = {};
  for (const id of ids) {
    const input = inputNameOf(id);
    const value = input === null ? valueAt(edited, ["jobs", id]) : valueAt(edited, ["inputs", input]);
    if (value === undefined) continue;
    if (input === null) jobs[id] = withoutEmpty(value);
    else inputs[input] = value;
    if (positions[id] !== undefined) places[id] = positions[id];
  }
  // Promoted values go along; data only when it was chosen, since the other draft has its own.
  for (const name of findReferences(jobs).inputs) {
    const value = valueAt(edited, ["inputs", name]);
    if (value !== undefined && !isDataInput(value)) inputs[name] = value;
  }
  const text: JsonMap = { type: "pipeline" };
  if (Object.keys(inputs).length > 0) text.inputs = inputs;
  return writeText({ ...text, jobs, designer: { positions: places } });
}

function withoutEmpty(node: Json): Json {
  if (!isMap(node)) return node;
  return mapValues(node, (value) => (isMap(value) && Object.keys(value).length === 0 ? undefined : value));
}

function pointsOf(positions: JsonMap): [number, number][] {
  return Object.values(positions).flatMap((value) => {
    const [x, y] = Array.isArray(value) ? value : [];
    return typeof x === "number" && typeof y === "number" ? [[x, y] as [number, number]] : [];
  });
}

/** How far everything is moved: so that its upper left corner is at the point, or beside where it was. */
function shiftOf(positions: JsonMap, at: Point | undefined): Point {
  if (!at) return { x: beside, y: beside };
  const points = pointsOf(positions);
  if (points.length === 0) return at;
  return { x: at.x - Math.min(...points.map(([x]) => x)), y: at.y - Math.min(...points.map(([, y]) => y)) };
}

export interface Pasted {
  edited: JsonMap;
  /** Old id → new id, of steps and data. */
  ids: Record<string, string>;
}

/** Adds steps and data of a part under free names. What the part does not hold keeps its source only when `keepSources`. */
function addPart(edited: JsonMap, part: JsonMap, at: Point | undefined, keepSources: boolean): Pasted {
  const taken = { jobs: mapOf(edited.jobs), inputs: mapOf(edited.inputs) };
  const jobs = new Map<string, string>();
  const inputs = new Map<string, string>();
  const ids: Record<string, string> = {};
  let next = edited;
  for (const name of Object.keys(mapOf(part.jobs))) {
    const used = new Set(jobs.values());
    const free = uniqueName(name, (other) => Object.hasOwn(taken.jobs, other) || used.has(other));
    jobs.set(name, free);
    ids[name] = free;
  }
  for (const [name, value] of Object.entries(mapOf(part.inputs))) {
    const same = sameValue(taken.inputs[name], value);
    if (same && !isDataInput(value)) continue;
    const used = new Set(inputs.values());
    const free = uniqueName(name, (other) => Object.hasOwn(taken.inputs, other) || used.has(other));
    inputs.set(name, free);
    next = withValue(next, ["inputs", free], value);
    if (isDataInput(value)) ids[`inputs.${name}`] = `inputs.${free}`;
  }
  const known = mapOf(next.inputs);
  for (const [name, node] of Object.entries(mapOf(part.jobs))) {
    const own = keepSources ? node : dropForeign(node, jobs, inputs, known);
    next = withValue(next, ["jobs", jobs.get(name) ?? name], renameReferences(own, { jobs, inputs }));
  }
  const positions = mapOf(valueAt(part, ["designer", "positions"]));
  const shift = shiftOf(positions, at);
  for (const [old, id] of Object.entries(ids)) {
    const place = positions[old];
    const [x, y] = Array.isArray(place) ? place : [];
    if (typeof x !== "number" || typeof y !== "number") continue;
    const point = pointValue({ x: x + shift.x, y: y + shift.y });
    next = withValue(next, ["designer", "positions", id], point);
  }
  return { edited: next, ids };
}

function dropForeign(
  node: Json,
  jobs: ReadonlyMap<string, string>,
  inputs: ReadonlyMap<string, string>,
  known: JsonMap,
): Json {
  if (!isMap(node) || !isMap(node.inputs)) return node;
  const bound = mapValues(node.inputs, (value) => {
    const found = findReferences(value);
    const inside =
      [...found.jobs].every((name) => jobs.has(name)) &&
      [...found.inputs].every((name) => inputs.has(name) || Object.hasOwn(known, name));
    return inside ? value : clearInput(node, value, undefined);
  });
  return { ...node, inputs: bound };
}

export function pasteText(edited: JsonMap, text: string, at: Point | undefined): Pasted {
  const part = toEdited(readText(text).value);
  const empty = Object.keys(mapOf(part.jobs)).length === 0 && Object.keys(mapOf(part.inputs)).length === 0;
  if (empty || !isMap(part.jobs)) throw new DocumentError("This text holds no step of a pipeline.");
  return addPart(edited, part, at, false);
}

export function duplicate(edited: JsonMap, ids: readonly string[]): Pasted {
  const part = toEdited(readText(copyAsText(edited, ids)).value);
  return addPart(edited, part, undefined, true);
}
