import type { ParameterDefinition } from "#lib/components/model.ts";
import type { StepView } from "./canvas-model.ts";

const shown = 2;

function describeValue(parameter: ParameterDefinition, value: string | number | boolean): string | null {
  const text = parameter.labels?.[String(value)] ?? String(value);
  if (["columns", "python", "sql", "textarea", "column_list"].includes(parameter.widget ?? "")) return null;
  if (typeof value === "boolean") return value ? parameter.displayName.toLowerCase() : null;
  if (typeof value === "number" || /^-?[\d.]+$/.test(text))
    return `${parameter.displayName.toLowerCase()} ${text}`;
  return text.length > 28 ? null : text;
}

/** A few words on what a step is set to: parameters that differ from their defaults. */
export function describeSettings(view: StepView): string {
  const words = (view.definition?.parameters ?? []).flatMap((parameter) => {
    const binding = view.node.inputs[parameter.name];
    if (binding?.kind !== "literal" || binding.value === null || binding.value === "") return [];
    if (binding.value === parameter.default) return [];
    return describeValue(parameter, binding.value) ?? [];
  });
  return words.slice(0, shown).join(", ");
}
