import { z } from "zod";
import { type Expression, findWholeExpression, parseTemplate } from "../expressions.ts";
import { choice, forward, freeText, mapping, name, opt, text, version } from "../fields.ts";
import { isMapping } from "../paths.ts";
import { plain } from "../written.ts";
import {
  type ComponentOutput,
  type ComponentPortType,
  componentOutputTypes,
  componentPortTypes,
} from "./component-ports.ts";
import { inputModes, isLiteralType, literalTypes, outputModes } from "./data-types.ts";
import { isScalar, type LiteralInput, literalOf, typedLiteral } from "./input.ts";

/** What a step's input is set to. */
export type NodeInput =
  | LiteralInput
  /** The whole text is one expression that starts with `parent`. */
  | { type: "binding"; expression: string; mode?: string; expects?: ComponentPortType }
  /** Text with expressions inside. */
  | { type: "template"; text: string }
  | { type: "data"; path: string; expects?: ComponentPortType; mode?: string }
  /** Declared by a step that is written out in its node, and given no value. */
  | { type: "unset"; expects: string; optional: boolean };

export interface NodeOutput {
  type?: ComponentOutput["type"];
  mode?: string;
  path?: string;
  name?: string;
  version?: string;
  /** The output of the pipeline that it is. */
  bound?: string;
}

const described = mapping({
  type: opt(choice([...componentPortTypes, ...literalTypes])),
  mode: opt(z.preprocess((mode) => (mode === "mount" ? "ro_mount" : mode), choice(inputModes))),
  path: opt(text),
  datastore: opt(text),
  description: opt(freeText),
  optional: opt(z.preprocess(plain, z.boolean())),
  default: opt(z.unknown()),
  value: opt(z.unknown()),
});

/** Why an expression cannot stand in a step's inputs, with the text that was meant. */
export function bindingProblem({ raw, root, name }: Expression): string | undefined {
  if (root === "parent") {
    if (/^inputs\.\w/.test(name) || /^jobs\.\w+\.(outputs|inputs)\.\w/.test(name)) return undefined;
    if (/^outputs\./.test(name))
      return `${raw} is an output of the pipeline. A step's input cannot be bound to it.`;
    return `${raw} names no input of the pipeline and no output of a step. Write \${{parent.inputs.<name>}} or \${{parent.jobs.<step>.outputs.<name>}}.`;
  }
  if (root === "inputs" || root === "jobs")
    return `${raw} is an old form. Write \${{parent.${root}.${name}}}.`;
  return `${raw} has no meaning in the inputs of a step. Write \${{parent.inputs.<name>}} or \${{parent.jobs.<step>.outputs.<name>}}.`;
}

export const nodeInput = z.unknown().transform((raw, ctx): NodeInput => {
  const fail = (message: string, ...path: string[]): never => {
    ctx.addIssue({ code: "custom", message, path });
    return z.NEVER;
  };
  const expression = (
    value: string,
    more: { mode?: string; expects?: ComponentPortType },
    ...at: string[]
  ) => {
    const { expressions, problems } = parseTemplate(value);
    const problem =
      problems[0]?.message ?? expressions.map(bindingProblem).find((item) => item !== undefined);
    if (problem !== undefined) return fail(problem, ...at);
    if (findWholeExpression(value)) return { type: "binding" as const, expression: value.trim(), ...more };
    return { type: "template" as const, text: value };
  };
  if (raw === null || raw === undefined) return fail("has no value. Give one, or take the input out.");
  if (typeof raw === "string" && raw.includes("${{")) return expression(raw, {});
  if (isScalar(raw)) return literalOf(raw);
  if (!isMapping(raw)) return fail("must be a value, a binding, or a mapping with type and path.");
  const parsed = described.safeParse(raw);
  if (!parsed.success) return forward(parsed.error, raw, ctx);
  const { type, mode, path, optional, default: fallback, value } = parsed.data;
  const given = value ?? fallback;
  if (given !== undefined) {
    if (!isScalar(given)) return fail("must be text, a number or a boolean.", "value");
    if (typeof given === "string" && given.includes("${{")) return expression(given, {}, "value");
    const literal = type !== undefined && isLiteralType(type) ? typedLiteral(given, type) : literalOf(given);
    return literal ?? fail(`must be of type ${type}.`, "value");
  }
  const ports = {
    ...(mode === undefined ? {} : { mode }),
    ...(type === undefined || isLiteralType(type) ? {} : { expects: type }),
  };
  if (path === undefined)
    return { type: "unset", expects: type ?? "uri_folder", optional: optional ?? false };
  if (type !== undefined && isLiteralType(type))
    return fail(`stands beside type ${type}, which takes a value instead.`, "path");
  if (path.includes("${{")) return expression(path, ports, "path");
  return { type: "data", path, ...ports };
});

const outputShape = mapping({
  type: opt(choice(componentOutputTypes)),
  mode: opt(z.preprocess((mode) => (mode === "mount" ? "rw_mount" : mode), choice(outputModes))),
  path: opt(text),
  name: opt(name),
  version: opt(version),
  description: opt(freeText),
});

export const nodeOutput = z.unknown().transform((raw, ctx): NodeOutput => {
  const fail = (message: string, ...path: string[]): never => {
    ctx.addIssue({ code: "custom", message, path });
    return z.NEVER;
  };
  const bound = (value: string, ...at: string[]): { bound: string } => {
    const found = findWholeExpression(value);
    if (found?.root === "parent" && /^outputs\.\w/.test(found.name)) return { bound: found.name.slice(8) };
    if (found?.root === "outputs")
      return fail(`${found.raw} is an old form. Write \${{parent.outputs.${found.name}}}.`, ...at);
    return fail(`“${value}” names no output of the pipeline. Write \${{parent.outputs.<name>}}.`, ...at);
  };
  if (raw === null || raw === undefined) return {};
  if (typeof raw === "string") {
    const type = componentOutputTypes.find((item) => item === raw);
    return type ? { type } : bound(raw);
  }
  const parsed = outputShape.safeParse(raw);
  if (!parsed.success) return forward(parsed.error, raw, ctx);
  const { description: _, ...output } = parsed.data;
  if (output.version !== undefined && output.name === undefined)
    return fail("needs a name beside it, which it is the version of.", "version");
  if (output.path && /\$\{\{\s*(parent|outputs)\./.test(output.path)) {
    const { path, ...rest } = output;
    return { ...rest, ...bound(path, "path") };
  }
  return output;
});

/** The value as the file has it. */
export function nodeInputMapping(input: NodeInput, written: (value: LiteralInput) => unknown): unknown {
  switch (input.type) {
    case "literal":
      return written(input);
    case "template":
      return input.text;
    case "binding": {
      const { mode, expects, expression: path } = input;
      if (mode === undefined && expects === undefined) return path;
      return {
        ...(expects === undefined ? {} : { type: expects }),
        path,
        ...(mode === undefined ? {} : { mode }),
      };
    }
    case "data": {
      const { path, expects, mode } = input;
      return {
        ...(expects === undefined ? {} : { type: expects }),
        path,
        ...(mode === undefined ? {} : { mode }),
      };
    }
    case "unset":
      return { type: input.expects, ...(input.optional ? { optional: true } : {}) };
  }
}

export function nodeOutputMapping({ bound, ...output }: NodeOutput): unknown {
  if (bound === undefined) return output;
  const expression = `\${{parent.outputs.${bound}}}`;
  return Object.keys(output).length === 0 ? expression : { ...output, path: expression };
}
