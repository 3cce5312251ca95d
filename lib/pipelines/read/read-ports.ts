import { type Literal, literal, type ParameterType } from "#lib/components/model.ts";
import { type ComponentInput, type ComponentOutput, isParameter } from "#lib/spec/kinds/component-ports.ts";
import { isLiteralType } from "#lib/spec/kinds/data-types.ts";
import type { JobInput } from "#lib/spec/kinds/input.ts";
import type { JobOutput } from "#lib/spec/kinds/output.ts";
import { plain } from "#lib/spec/written.ts";
import type { PipelineInput, PipelineOutput } from "../model.ts";

/** The inputs of a pipeline job. */
export function readJobInput(input: JobInput): PipelineInput {
  if (input.type === "literal") {
    return { kind: "literal", type: typeOf(input.value), value: input.value, optional: false };
  }
  const described = input.description === undefined ? {} : { description: input.description };
  if (input.type !== "unset") {
    const { type, path, mode } = input;
    return { kind: "data", type, path, mode, optional: false, ...described };
  }
  const { expects, optional } = input;
  return isLiteralType(expects)
    ? { kind: "literal", type: expects, optional, ...described }
    : { kind: "data", type: expects, optional, ...described };
}

/** The inputs of a pipeline component; its caller gives them their values. */
export function readComponentInput(input: ComponentInput): PipelineInput {
  const described = input.description === undefined ? {} : { description: input.description };
  const optional = input.optional ?? false;
  if (!isParameter(input)) {
    return {
      kind: "data",
      type: input.type,
      optional,
      ...(input.mode === undefined ? {} : { mode: input.mode }),
      ...described,
    };
  }
  const { type, min, max } = input;
  return {
    kind: "literal",
    type,
    ...(input.default === undefined ? {} : { value: literal.parse(plain(input.default)) }),
    optional,
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(input.enum === undefined ? {} : { enum: input.enum }),
    ...described,
  };
}

export function readOutput(output: JobOutput | ComponentOutput): PipelineOutput {
  const { type, mode } = output;
  const { path, name, version } = output as JobOutput;
  return {
    type,
    ...(mode === undefined ? {} : { mode }),
    ...(path === undefined ? {} : { path }),
    ...(name === undefined ? {} : { name }),
    ...(version === undefined ? {} : { version }),
    source: null,
  };
}

/** The values that a job gives to the inputs of the pipeline component that it runs. */
export function overlay(declared: PipelineInput, given: JobInput | undefined): PipelineInput {
  if (!given || given.type === "unset") return declared;
  if (declared.kind === "data") {
    if (given.type === "literal") return { ...declared, path: given.text };
    return { ...declared, path: given.path, mode: given.mode };
  }
  if (given.type !== "literal") return declared;
  return { ...declared, value: declared.type === "string" ? given.text : given.value };
}

function typeOf(value: Exclude<Literal, null>): ParameterType {
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "string") return "string";
  return Number.isInteger(value) ? "integer" : "number";
}
