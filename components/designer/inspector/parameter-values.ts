import { checkParameter, isVisible } from "#lib/components/check-parameter.ts";
import type { Literal, ParameterDefinition } from "#lib/components/model.ts";
import type { Binding, DocumentNode, PromotedInput } from "#lib/designer/document/types.ts";

/** The value a parameter has now: set, promoted, or its default. Undefined: known only when it runs. */
export function currentValue(
  parameter: ParameterDefinition,
  binding: Binding | undefined,
  promoted: readonly PromotedInput[],
): Literal | undefined {
  if (binding?.kind === "pipeline_input") return promoted.find(({ name }) => name === binding.name)?.value;
  if (binding !== undefined && binding.kind !== "literal") return undefined;
  return binding?.value ?? parameter.default ?? null;
}

/** Parameters that the form shows: those whose conditions on others hold. An unknown value hides nothing. */
export function visibleParameters(
  parameters: readonly ParameterDefinition[],
  node: DocumentNode,
  promoted: readonly PromotedInput[],
): ParameterDefinition[] {
  const byName = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  return parameters.filter((parameter) =>
    isVisible(parameter, (name) => {
      const other = byName.get(name);
      return other && currentValue(other, node.inputs[name], promoted);
    }),
  );
}

export type Checked = { ok: true; value: Literal } | { ok: false; message: string };

/** Reads what was typed as the parameter's type; says what to enter instead. An emptied field goes back to the default. */
export function checkTyped(parameter: ParameterDefinition, text: string): Checked {
  if (text.trim() === "" && parameter.type !== "string") {
    const empty = parameter.optional || parameter.default !== undefined;
    return empty ? { ok: true, value: null } : { ok: false, message: "A value is needed" };
  }
  const checked = checkParameter(parameter, text);
  if (checked.ok) return checked;
  return {
    ok: false,
    message: `${checked.message.charAt(0).toUpperCase()}${checked.message.slice(1).replace(/\.$/, "")}`,
  };
}

/** The value as a field shows it. */
export function textOf(value: Literal | undefined): string {
  return value === null || value === undefined ? "" : String(value);
}
