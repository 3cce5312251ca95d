import { didYouMean } from "#lib/spec/near-names.ts";
import type { Literal, ParameterDefinition } from "./model.ts";

export type CheckedValue = { ok: true; value: Literal } | { ok: false; message: string };

type Rules = Pick<ParameterDefinition, "type" | "optional" | "default" | "min" | "max" | "enum">;

const decimal = /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i;

/** The value as the parameter's type has it, or what is wrong with it. Messages follow the parameter's name. */
export function checkParameter(parameter: Rules, value: Literal): CheckedValue {
  if (value === null || value === "") {
    if (parameter.optional || parameter.default !== undefined || parameter.type === "string")
      return { ok: true, value };
    return { ok: false, message: "needs a value." };
  }
  const typed = asType(parameter, value);
  if (typed === undefined)
    return { ok: false, message: `must be ${typeWords[parameter.type]}, not “${value}”.` };
  if (typeof typed === "number") {
    const { min, max } = parameter;
    if (min !== undefined && typed < min) return { ok: false, message: `must be ${min} or more.` };
    if (max !== undefined && typed > max) return { ok: false, message: `must be ${max} or less.` };
  }
  if (parameter.enum && !parameter.enum.includes(String(typed))) {
    const words = parameter.enum.join(", ");
    return { ok: false, message: `must be one of ${words}.${didYouMean(String(typed), parameter.enum)}` };
  }
  return { ok: true, value: typed };
}

const typeWords = { string: "text", integer: "a whole number", number: "a number", boolean: "true or false" };

function asType(parameter: Rules, value: string | number | boolean): Literal | undefined {
  switch (parameter.type) {
    case "string":
      return String(value);
    case "boolean":
      if (typeof value === "boolean") return value;
      return typeof value === "string" && /^(true|false)$/i.test(value) ? /^true$/i.test(value) : undefined;
    default: {
      const number = typeof value === "string" && decimal.test(value.trim()) ? Number(value) : value;
      if (typeof number !== "number" || !Number.isFinite(number)) return undefined;
      return parameter.type === "integer" && !Number.isInteger(number) ? undefined : number;
    }
  }
}

/** Whether a parameter counts, given the values of the others. */
export function isVisible(
  parameter: ParameterDefinition,
  findValue: (name: string) => Literal | undefined,
): boolean {
  return Object.entries(parameter.visibleWhen ?? {}).every(([name, values]) => {
    const value = findValue(name);
    return value === undefined || values.some((item) => String(item) === String(value));
  });
}
