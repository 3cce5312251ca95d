import { checkParameter } from "#lib/components/check-parameter.ts";
import { describePortType, isValueType } from "#lib/components/model.ts";
import type { Literal, PlanNode } from "#lib/pipelines/model.ts";
import { typedLiteral } from "#lib/spec/kinds/input.ts";
import type { CollectedOutput } from "./collect-outputs.ts";
import type { DeclaredOutput } from "./declared-outputs.ts";

/** A value as commands see it: numbers without spaces around them, booleans as `True` and `False`. */
export function wordOfValue(type: string, text: string): string {
  return (isValueType(type) ? typedLiteral(trimmed(type, text), type)?.text : undefined) ?? text;
}

/** Which output of a command that completed is no value of its type, in a sentence. */
export function findWrongValue(
  declared: Readonly<Record<string, DeclaredOutput>>,
  collected: readonly Pick<CollectedOutput, "name" | "value">[],
): string | null {
  for (const [name, { type }] of Object.entries(declared)) {
    if (!isValueType(type)) continue;
    const value = collected.find((output) => output.name === name)?.value;
    if (value === undefined) return `The command wrote no value to its output “${name}”.`;
    if (typedLiteral(trimmed(type, value), type)) continue;
    return `The output “${name}” is to be ${describePortType(type)}, and the command wrote “${shortened(value)}”.`;
  }
  return null;
}

/** Which parameter cannot take the value that the step before gave, in a sentence. */
export function findUnfitValue(
  { displayName, inputs }: Pick<PlanNode, "displayName" | "inputs">,
  texts: ReadonlyMap<string, string>,
): { parameter: string; message: string } | null {
  for (const [name, { rules, source }] of Object.entries(inputs)) {
    if (!rules || source.kind !== "output") continue;
    const text = texts.get(name) ?? "";
    const checked = checkParameter(rules, text);
    if (checked.ok) continue;
    const given = text === "" ? "nothing" : `“${shortened(text)}”`;
    return {
      parameter: name,
      message: `“${name}” of “${displayName}” ${checked.message} The step “${source.node}” gave ${given} as its output “${source.port}”.`,
    };
  }
  return null;
}

/** The parameters of a module that are outputs of steps before it, typed. */
export function valueParameters(
  { inputs }: Pick<PlanNode, "inputs">,
  texts: ReadonlyMap<string, string>,
): Record<string, Literal> {
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([name, { type }]) => {
      if (!isValueType(type)) return [];
      const text = texts.get(name) ?? "";
      return [[name, typedLiteral(text, type)?.value ?? text]];
    }),
  );
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function trimmed(type: string, text: string): string {
  return type === "string" ? text : text.trim();
}
