import { findWholeExpression, parseTemplate } from "#lib/spec/expressions.ts";
import type { NodeInput } from "#lib/spec/kinds/node-ports.ts";
import type { Binding } from "../model.ts";
import type { Scope } from "./scope.ts";

/** Through how many steps `${{parent.jobs.x.inputs.y}}` may lead on. */
const maxHops = 50;

/**
 * What an input of a step is set to. `isData`: its component declares files there, so that text is a path. Null: it
 * says nothing.
 */
export function readBinding(
  scope: Scope,
  input: NodeInput,
  isData: boolean,
  isText: boolean,
  hops = 0,
): Binding | null {
  switch (input.type) {
    case "literal":
      if (isData) return { kind: "data", path: input.text };
      return { kind: "literal", value: isText ? input.text : input.value };
    case "unset":
      return null;
    case "data": {
      const { path, expects, mode } = input;
      return {
        kind: "data",
        path,
        ...(expects === undefined ? {} : { type: expects }),
        ...(mode === undefined ? {} : { mode }),
      };
    }
    case "template":
      return { kind: "template", text: input.text, inputs: templateInputs(input.text) };
    case "binding":
      return readExpression(scope, input, isData, isText, hops);
  }
}

function readExpression(
  scope: Scope,
  { expression, mode }: Extract<NodeInput, { type: "binding" }>,
  isData: boolean,
  isText: boolean,
  hops: number,
): Binding | null {
  const name = findWholeExpression(expression)?.name ?? "";
  const more = mode === undefined ? {} : { mode };
  if (name.startsWith("inputs."))
    return { kind: "pipeline_input", name: name.slice("inputs.".length), ...more };
  const [, node = "", section = "", ...port] = name.split(".");
  const portName = port.join(".");
  if (section === "outputs") return { kind: "output", node, port: portName, ...more };
  const other = scope.jobs[node]?.inputs[portName];
  if (!other || hops > maxHops) return null;
  return readBinding(scope, other, isData, isText, hops + 1);
}

/** The inputs of the pipeline that a text names. */
export function templateInputs(text: string): string[] {
  const names = parseTemplate(text).expressions.flatMap(({ root, name }) =>
    root === "parent" && name.startsWith("inputs.") ? [name.slice("inputs.".length)] : [],
  );
  return [...new Set(names)];
}
