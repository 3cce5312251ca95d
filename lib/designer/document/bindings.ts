import { type PortType, portTypes } from "#lib/components/model.ts";
import type { Binding, Json, JsonMap } from "./types.ts";
import { isMap } from "./values.ts";

const outputPattern = /^\s*\$\{\{\s*parent\.jobs\.(\w+)\.outputs\.([\w.]+)\s*\}\}\s*$/;
const inputPattern = /^\s*\$\{\{\s*parent\.inputs\.([\w.]+)\s*\}\}\s*$/;

export function outputExpression(node: string, port: string): string {
  return `\${{parent.jobs.${node}.outputs.${port}}}`;
}

export function inputExpression(name: string): string {
  return `\${{parent.inputs.${name}}}`;
}

/** A binding as the text has it. */
export function readBinding(value: Json): Binding {
  if (typeof value === "string") return readText(value);
  if (typeof value !== "object" || value === null) return { kind: "literal", value };
  if (!isMap(value)) return { kind: "other", value };
  const held = value.value ?? value.default;
  if (held !== undefined && held !== null)
    return isMap(held) || Array.isArray(held) ? { kind: "other", value } : readBinding(held);
  if (typeof value.path !== "string") return { kind: "other", value };
  const bound = readText(value.path);
  if (bound.kind !== "literal") return bound;
  const type = asPortType(value.type);
  return { kind: "data", path: value.path, ...(type ? { type } : {}) };
}

function readText(value: string): Binding {
  const output = outputPattern.exec(value);
  if (output?.[1] && output[2]) return { kind: "output", node: output[1], port: output[2] };
  const input = inputPattern.exec(value)?.[1];
  if (input) return { kind: "pipeline_input", name: input };
  return value.includes("${{") ? { kind: "other", value } : { kind: "literal", value };
}

export function asPortType(value: Json | undefined): PortType | undefined {
  return portTypes.find((type) => type === value);
}

/** Whether an input is declared only: a mapping that gives it no value. */
export function isUnset(value: Json): boolean {
  if (!isMap(value)) return false;
  return ["path", "value", "default"].every((key) => value[key] === undefined || value[key] === null);
}

/** The value with another source; a mapping keeps its `mode` and the like. */
export function rebind(value: Json | undefined, expression: string): Json {
  if (!isMap(value) || typeof value.path !== "string") return expression;
  const { type: _, ...rest } = value;
  return { ...rest, path: expression };
}

const referencePattern = /\$\{\{\s*parent\.(jobs|inputs)\.(\w+)/g;

/** Every value inside with the names of nodes and pipeline inputs changed in its expressions. */
export function renameReferences(
  value: Json,
  names: { jobs?: ReadonlyMap<string, string>; inputs?: ReadonlyMap<string, string> },
): Json {
  if (typeof value === "string") {
    return value.replaceAll(referencePattern, (whole, kind: "jobs" | "inputs", name: string) => {
      const next = names[kind]?.get(name);
      return next === undefined ? whole : whole.slice(0, whole.length - name.length) + next;
    });
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => renameReferences(item, names));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isMap(value)) return value;
  let changed = false;
  const copy: JsonMap = {};
  for (const [key, item] of Object.entries(value)) {
    copy[key] = renameReferences(item, names);
    if (copy[key] !== item) changed = true;
  }
  return changed ? copy : value;
}

/** Names of nodes and pipeline inputs that expressions inside of a value speak of. */
export function findReferences(value: Json): { jobs: Set<string>; inputs: Set<string> } {
  const found = { jobs: new Set<string>(), inputs: new Set<string>() };
  for (const match of JSON.stringify(value ?? null).matchAll(referencePattern)) {
    if (match[1] === "jobs" || match[1] === "inputs") found[match[1]].add(match[2] ?? "");
  }
  return found;
}
