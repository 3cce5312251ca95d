import type { Literal } from "#lib/components/model.ts";
import type { PipelineInput } from "#lib/pipelines/model.ts";

export type Inputs = Readonly<Record<string, PipelineInput>>;

/** What a form shows of an input before anything is typed: its default. */
export function defaultText(input: PipelineInput): string {
  const value = input.kind === "data" ? input.path : input.value;
  return value === undefined || value === null ? "" : String(value);
}

/** What an input asks for, in a word or two. */
export function describeInput(input: PipelineInput): string {
  if (input.kind === "data") return input.type.replaceAll("_", " ");
  if (input.enum) return input.enum.join(", ");
  const { min, max } = input;
  if (min !== undefined && max !== undefined) return `${input.type}, ${min} to ${max}`;
  if (min !== undefined) return `${input.type}, ${min} or more`;
  if (max !== undefined) return `${input.type}, ${max} or less`;
  return input.type;
}

function readText(input: PipelineInput, text: string): Literal | undefined {
  if (input.kind === "data" || input.type === "string") return text;
  const plain = text.trim();
  if (input.type === "boolean") return plain === "true" ? true : plain === "false" ? false : undefined;
  const number = Number(plain);
  if (plain === "" || !Number.isFinite(number)) return undefined;
  return input.type === "integer" && !Number.isInteger(number) ? undefined : number;
}

const wanted = { integer: "a whole number", number: "a number", boolean: "true or false" } as const;

/**
 * What is sent of a filled-in form: only what differs from the pipeline's own values, so that these stay free to change.
 * Faults are what to enter instead, by the name of the input.
 */
export function readInputs(
  inputs: Inputs,
  texts: Readonly<Record<string, string>>,
): { values: Record<string, Literal>; faults: Record<string, string> } {
  const values: Record<string, Literal> = {};
  const faults: Record<string, string> = {};
  for (const [name, input] of Object.entries(inputs)) {
    const own = defaultText(input);
    const text = texts[name] ?? own;
    if (text === "" && own === "") {
      if (!input.optional) faults[name] = "Needs a value";
      continue;
    }
    if (text === own) continue;
    const value = readText(input, text);
    if (value !== undefined) values[name] = value;
    else if (input.kind === "literal" && input.type !== "string")
      faults[name] = `Enter ${wanted[input.type]}`;
  }
  return { values, faults };
}

/** The body of a call that runs as it stands: every input with a value that fits. */
export function exampleInputs(inputs: Inputs): Record<string, Literal> {
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([name, input]): [string, Literal][] => {
      if (input.kind === "data") return input.path === undefined ? [] : [[name, input.path]];
      if (input.value !== undefined && input.value !== null) return [[name, input.value]];
      return input.optional ? [] : [[name, input.enum?.[0] ?? exampleOf(input)]];
    }),
  );
}

function exampleOf({ type, min }: Extract<PipelineInput, { kind: "literal" }>): Literal {
  if (type === "string") return "";
  return type === "boolean" ? false : (min ?? 1);
}
