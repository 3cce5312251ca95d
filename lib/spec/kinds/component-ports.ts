import { z } from "zod";
import { choice, flag, forward, freeText, mapping, opt, real, text, textList } from "../fields.ts";
import { isMapping } from "../paths.ts";
import { plain, Written } from "../written.ts";
import {
  type LiteralType,
  literalTypes,
  type ModuleType,
  moduleTypes,
  type PortType,
  portTypes,
} from "./data-types.ts";
import { isScalar, typedLiteral } from "./input.ts";

/** A type of a component's port: files, or what modules hand to each other. */
export type ComponentPortType = PortType | ModuleType;
export const componentPortTypes = [...portTypes, ...moduleTypes] as const;

/** A parameter: pasted into the command, or handed to the function. */
export interface ParameterPort {
  type: LiteralType;
  optional?: boolean;
  /** As text where the text says more than the value. */
  default?: string | number | boolean | Written;
  min?: number;
  max?: number;
  enum?: string[];
  description?: string;
}

export interface FilesPort {
  type: ComponentPortType;
  optional?: boolean;
  mode?: string;
  description?: string;
}

export type ComponentInput = ParameterPort | FilesPort;

export interface ComponentOutput {
  /** Of a literal type: one value, which the command writes to a file. */
  type: ComponentPortType | LiteralType;
  mode?: string;
  description?: string;
}

const mode = z.preprocess((value) => (value === "mount" ? "ro_mount" : value), text);

const filesInput = mapping({
  type: choice(componentPortTypes).default("uri_folder"),
  optional: opt(flag),
  mode: opt(mode),
  description: opt(freeText),
  /** Of pipeline components: shown on forms. */
  display_name: opt(freeText),
});

const parameterInput = mapping({
  type: choice(literalTypes),
  optional: opt(flag),
  default: opt(z.unknown()),
  min: opt(real),
  max: opt(real),
  enum: opt(textList),
  description: opt(freeText),
  display_name: opt(freeText),
});

export function isParameter(port: ComponentInput): port is ParameterPort {
  return (literalTypes as readonly string[]).includes(port.type);
}

/** What programs call the types of values. */
const programmersTypes: Record<string, string> = {
  ...{ float: "number", double: "number", int: "integer", long: "integer" },
  ...{ str: "string", text: "string", bool: "boolean" },
};

export const componentInput = z.unknown().transform((raw, ctx): ComponentInput => {
  const fail = (message: string, ...path: string[]): never => {
    ctx.addIssue({ code: "custom", message, path });
    return z.NEVER;
  };
  if (raw === null || raw === undefined) return { type: "uri_folder" };
  if (!isMapping(raw)) return fail("must be a mapping with a type.");
  const type = String(plain(raw.type) ?? "uri_folder").toLowerCase();
  if (!(literalTypes as readonly string[]).includes(type)) {
    const meant = programmersTypes[type];
    if (meant !== undefined) return fail(`“${type}” is no type here. Write ${meant}.`, "type");
    if (raw.default !== undefined && raw.default !== null)
      return fail(
        "stands at data, which has no default. Bind the input where the component is used.",
        "default",
      );
    const parsed = filesInput.safeParse(raw);
    return parsed.success ? parsed.data : forward(parsed.error, raw, ctx);
  }
  const parsed = parameterInput.safeParse(raw);
  if (!parsed.success) return forward(parsed.error, raw, ctx);
  const { default: fallback, ...port } = parsed.data;
  if (fallback === undefined) return port;
  const literal = isScalar(fallback) ? typedLiteral(fallback, port.type) : undefined;
  if (!literal) return fail(`must be of type ${port.type}.`, "default");
  const kept = typeof literal.value === "number" && fallback instanceof Written ? fallback : literal.value;
  return { ...port, default: kept };
});

export const componentInputs = z
  .record(z.string(), componentInput, { error: "must be a mapping of names to inputs." })
  .default({});

/** What an output of a component may be. */
export const componentOutputTypes = [...componentPortTypes, ...literalTypes] as const;

const outputShape = mapping({
  type: choice(componentOutputTypes).default("uri_folder"),
  mode: opt(
    z.preprocess(
      (value) => (value === "mount" ? "rw_mount" : value),
      choice(["rw_mount", "upload", "direct"]),
    ),
  ),
  description: opt(freeText),
  display_name: opt(freeText),
});

const componentOutput = z
  .preprocess((raw) => raw ?? {}, z.unknown())
  .transform((raw, ctx): ComponentOutput => {
    const parsed = outputShape.safeParse(raw);
    return parsed.success ? parsed.data : forward(parsed.error, raw, ctx);
  });

export const componentOutputs = z
  .record(z.string(), componentOutput, { error: "must be a mapping of names to outputs." })
  .default({});
