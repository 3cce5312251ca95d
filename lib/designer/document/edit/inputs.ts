import { isLiteralType } from "#lib/spec/kinds/data-types.ts";
import { rebind } from "../bindings.ts";
import type { Json, JsonMap } from "../types.ts";
import { isMap, textOf, withValue } from "../values.ts";

/** The type that an input has now; undefined where nobody here can tell. */
export type TypeOf = (node: string, input: string) => string | undefined;

/** What an input that nothing is known of takes. */
const anyFiles = "uri_folder";
/** Keys of an input that say what it is set to. */
const given = ["path", "value", "default"] as const;

/** Whether the inputs of a step are what it declares itself: a command in its node, and no component. */
export function declaresInputs(node: Readonly<JsonMap>): boolean {
  return node.component === undefined || node.component === null;
}

function withoutGiven(input: JsonMap): JsonMap {
  return given.reduce((rest, key) => withValue(rest, [key], undefined), input);
}

function isValue(type: Json | undefined): boolean {
  return typeof type === "string" && isLiteralType(type);
}

/** The input with another value; a mapping keeps its type and its words. */
export function setValue(input: Json | undefined, value: string | number | boolean): Json {
  if (!isMap(input) || typeof input.path === "string") return value;
  const key = Object.hasOwn(input, "default") && !Object.hasOwn(input, "value") ? "default" : "value";
  return { ...input, [key]: value };
}

/** The input with another source. Where the step itself declares its inputs, what it says of their types stays. */
export function setSource(node: JsonMap, input: Json | undefined, expression: string): Json {
  if (!isMap(input) || !declaresInputs(node)) return rebind(input, expression);
  if (typeof input.type !== "string") return rebind(input, expression);
  return { ...withoutGiven(input), [isValue(input.type) ? "value" : "path"]: expression };
}

/**
 * The input without what it is set to. Of a component it is gone (undefined); a command that is written out in its node
 * speaks of it still, so it stays declared.
 */
export function clearInput(
  node: JsonMap,
  input: Json | undefined,
  type: string | undefined,
): Json | undefined {
  if (!declaresInputs(node) || input === undefined) return undefined;
  if (isMap(input)) return { type: textOf(input.type) || (type ?? anyFiles), ...withoutGiven(input) };
  if (typeof input === "number") return { type: "number" };
  if (typeof input === "boolean") return { type: "boolean" };
  return { type: type ?? (typeof input === "string" && !input.includes("${{") ? "string" : anyFiles) };
}
