import type { Json, JsonMap } from "../types.ts";
import { isMap, withValue } from "../values.ts";
import { declaresInputs } from "./inputs.ts";

/** What is said of an output, in the form that has room for more. */
function asMapping(output: Json | undefined): JsonMap {
  if (isMap(output)) return output;
  if (typeof output !== "string") return {};
  return output.includes("${{") ? { path: output } : { type: output };
}

/**
 * The outputs of a step with one of them registered under a name, or under none. What else is said of it stays, and so does
 * an output that the step itself declares.
 */
export function nameOutput(node: Readonly<JsonMap>, port: string, name: string): JsonMap {
  const outputs = isMap(node.outputs) ? node.outputs : {};
  if (name !== "") return { ...outputs, [port]: { ...asMapping(outputs[port]), name } };
  if (!isMap(outputs[port])) return outputs;
  const { name: _, version: __, ...rest } = outputs[port];
  const [only, ...more] = Object.entries(rest);
  if (only === undefined && !declaresInputs(node)) return withValue(outputs, [port], undefined);
  const [key, value] = only ?? [];
  const bound = key === "path" && more.length === 0 && typeof value === "string" && value.includes("${{");
  return { ...outputs, [port]: bound ? value : rest };
}
