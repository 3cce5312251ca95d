import type { Literal } from "#lib/components/model.ts";
import { findReferences, inputExpression, outputExpression, renameReferences } from "../bindings.ts";
import { DocumentError } from "../errors.ts";
import { nodeNamePattern, snakeCase, uniqueName } from "../names.ts";
import { isDataInput } from "../snapshot.ts";
import type { EdgeSource, EdgeTarget, Json, JsonMap, NewNode, NodeChange, Point } from "../types.ts";
import { isMap, mapOf, mapValues, valueAt, withValue } from "../values.ts";
import { clearInput, setSource, setValue, type TypeOf } from "./inputs.ts";

/** Edits are pure: the edited form of a document in, another one out that shares what did not change. */

const inputPrefix = "inputs.";

export function inputNameOf(id: string): string | null {
  return id.startsWith(inputPrefix) ? id.slice(inputPrefix.length) : null;
}

export function getNode(edited: JsonMap, name: string): JsonMap {
  const node = valueAt(edited, ["jobs", name]);
  if (!isMap(node)) throw new DocumentError(`The step “${name}” is not there any more.`);
  return node;
}

export function pointValue({ x, y }: Point): Json {
  return [Math.round(x), Math.round(y)];
}

export function nodeNameIn(edited: JsonMap, displayName: string): string {
  return uniqueName(snakeCase(displayName), (name) => Object.hasOwn(mapOf(edited.jobs), name));
}

export function addNode(edited: JsonMap, node: NewNode): { edited: JsonMap; name: string } {
  const name = nodeNameIn(edited, node.displayName);
  const job: JsonMap = {
    type: node.type ?? "command",
    component: node.ref,
    display_name: node.displayName,
    inputs: { ...node.parameters },
    outputs: {},
  };
  const placed = withValue(edited, ["designer", "positions", name], pointValue(node.position));
  return { edited: withValue(placed, ["jobs", name], job), name };
}

function speaksOf(value: Json, gone: { jobs: Set<string>; inputs: Set<string> }): boolean {
  const found = findReferences(value);
  return (
    [...found.jobs].some((name) => gone.jobs.has(name)) ||
    [...found.inputs].some((name) => gone.inputs.has(name))
  );
}

export function removeNodes(edited: JsonMap, ids: readonly string[], typeOf: TypeOf): JsonMap {
  const all = new Set(ids);
  const gone = {
    jobs: new Set(ids.filter((id) => inputNameOf(id) === null)),
    inputs: new Set(ids.flatMap((id) => inputNameOf(id) ?? [])),
  };
  const jobs = mapValues(mapOf(edited.jobs), (node, name) => {
    if (gone.jobs.has(name)) return undefined;
    if (!isMap(node) || !isMap(node.inputs)) return node;
    const inputs = mapValues(node.inputs, (value, key) =>
      speaksOf(value, gone) ? clearInput(node, value, typeOf(name, key)) : value,
    );
    return inputs === node.inputs ? node : { ...node, inputs };
  });
  const designer = mapOf(edited.designer);
  return {
    ...edited,
    jobs,
    inputs: mapValues(mapOf(edited.inputs), (value, name) => (gone.inputs.has(name) ? undefined : value)),
    designer: {
      ...designer,
      positions: mapValues(mapOf(designer.positions), (value, id) => (all.has(id) ? undefined : value)),
      groups: mapValues(mapOf(designer.groups), (group) => {
        const nodes = mapOf(group).nodes;
        if (!Array.isArray(nodes) || !nodes.some((id) => all.has(String(id)))) return group;
        return { ...mapOf(group), nodes: nodes.filter((id) => !all.has(String(id))) };
      }),
    },
  };
}

export function setInput(
  edited: JsonMap,
  name: string,
  key: string,
  value: Literal,
  typeOf: TypeOf,
): JsonMap {
  const node = getNode(edited, name);
  const path = ["jobs", name, "inputs", key];
  const now = valueAt(edited, path);
  const next = value === null ? clearInput(node, now, typeOf(name, key)) : setValue(now, value);
  return withValue(edited, path, next);
}

export function setNode(edited: JsonMap, name: string, change: NodeChange): JsonMap {
  let node = getNode(edited, name);
  for (const [key, value] of Object.entries(change))
    node = withValue(node, [key], value === null ? undefined : (value as Json));
  return withValue(edited, ["jobs", name], node);
}

export function connect(edited: JsonMap, from: EdgeSource, to: EdgeTarget): JsonMap {
  const node = getNode(edited, to.node);
  if ("node" in from) {
    getNode(edited, from.node);
    if (reaches(edited, to.node, from.node))
      throw new DocumentError("This would make a circle: the step would wait for itself.");
  } else if (valueAt(edited, ["inputs", from.input]) === undefined)
    throw new DocumentError(`The data “${from.input}” is not there any more.`);
  const expression = "node" in from ? outputExpression(from.node, from.port) : inputExpression(from.input);
  const path = ["jobs", to.node, "inputs", to.port];
  return withValue(edited, path, setSource(node, valueAt(edited, path), expression));
}

/** Whether data of `from` flows into `to`, or they are one. */
function reaches(edited: JsonMap, from: string, to: string): boolean {
  const open = [to];
  const seen = new Set<string>();
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (name === from) return true;
    if (seen.has(name)) continue;
    seen.add(name);
    const inputs = valueAt(edited, ["jobs", name, "inputs"]);
    if (inputs !== undefined) open.push(...findReferences(inputs).jobs);
  }
  return false;
}

export function disconnect(edited: JsonMap, to: EdgeTarget, typeOf: TypeOf): JsonMap {
  const node = getNode(edited, to.node);
  const path = ["jobs", to.node, "inputs", to.port];
  return withValue(edited, path, clearInput(node, valueAt(edited, path), typeOf(to.node, to.port)));
}

function moveKey(map: JsonMap, from: string, to: string): JsonMap {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key === from ? to : key, value]));
}

/** Renames a step (or, as `inputs.<name>`, a pipeline input) and every expression that speaks of it. */
export function renameNode(edited: JsonMap, id: string, newName: string): JsonMap {
  const input = inputNameOf(id);
  const from = input ?? id;
  const section = input === null ? "jobs" : "inputs";
  const to = inputNameOf(newName) ?? newName;
  const map = mapOf(edited[section]);
  if (!Object.hasOwn(map, from)) throw new DocumentError(`“${from}” is not there any more.`);
  if (from === to) return edited;
  if (!nodeNamePattern.test(to))
    throw new DocumentError("A name has lower-case letters, digits and _, and does not start with a digit.");
  if (Object.hasOwn(map, to)) throw new DocumentError(`There is already one named “${to}”.`);
  const names = { [section]: new Map([[from, to]]) };
  const { designer, ...rest } = { ...edited, [section]: moveKey(map, from, to) };
  const renamed = mapOf(renameReferences(rest, names));
  const canvas = mapOf(designer);
  const newId = input === null ? to : `${inputPrefix}${to}`;
  return {
    ...renamed,
    designer: {
      ...canvas,
      positions: moveKey(mapOf(canvas.positions), id, newId),
      groups: mapValues(mapOf(canvas.groups), (group) => {
        const nodes = mapOf(group).nodes;
        if (!Array.isArray(nodes) || !nodes.includes(id)) return group;
        return { ...mapOf(group), nodes: nodes.map((name) => (name === id ? newId : name)) };
      }),
    },
  };
}

export function promote(
  edited: JsonMap,
  node: string,
  parameter: string,
  inputName: string,
  fallback: Literal | undefined,
): JsonMap {
  const step = getNode(edited, node);
  if (!/^[A-Za-z_]\w*$/.test(inputName))
    throw new DocumentError("A name has letters, digits and _, and does not start with a digit.");
  const present = mapOf(step.inputs)[parameter];
  const value = literalIn(present) ?? fallback ?? "";
  const existing = valueAt(edited, ["inputs", inputName]);
  if (existing !== undefined && isDataInput(existing))
    throw new DocumentError(`“${inputName}” is data. Choose another name.`);
  const given = existing === undefined ? withValue(edited, ["inputs", inputName], value) : edited;
  const bound = setSource(step, present, inputExpression(inputName));
  return withValue(given, ["jobs", node, "inputs", parameter], bound);
}

function literalIn(input: Json | undefined): Literal | undefined {
  const value = isMap(input) ? (input.value ?? input.default) : input;
  return typeof value === "object" ? undefined : value;
}

export function demote(edited: JsonMap, node: string, parameter: string, typeOf: TypeOf): JsonMap {
  const path = ["jobs", node, "inputs", parameter];
  const bound = valueAt(edited, path);
  const name = bound === undefined ? undefined : [...findReferences(bound).inputs][0];
  if (name === undefined) throw new DocumentError(`“${parameter}” is no pipeline input.`);
  const declared = valueAt(edited, ["inputs", name]);
  const value = literalIn(declared);
  const step = getNode(edited, node);
  const next =
    value === undefined || value === null
      ? clearInput(step, bound, typeOf(node, parameter))
      : setValue(bound, value);
  const freed = withValue(edited, path, next);
  const used = findReferences(freed.jobs ?? null).inputs.has(name);
  return used ? freed : withValue(freed, ["inputs", name], undefined);
}

/** The value of a pipeline input, whichever way the text gives it. */
export function setPromoted(edited: JsonMap, name: string, value: Literal): JsonMap {
  const declared = valueAt(edited, ["inputs", name]);
  if (declared === undefined) throw new DocumentError(`The pipeline input “${name}” is not there any more.`);
  if (!isMap(declared)) return withValue(edited, ["inputs", name], value);
  const key = Object.hasOwn(declared, "value") ? "value" : "default";
  return withValue(edited, ["inputs", name, key], value);
}
