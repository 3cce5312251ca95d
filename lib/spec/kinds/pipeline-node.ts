import { z } from "zod";
import { flag, forward, freeText, mapping, opaque, opt, tagMap, text, textMap, whole } from "../fields.ts";
import { didYouMean } from "../near-names.ts";
import { isMapping } from "../paths.ts";
import { findScalarText, plain } from "../written.ts";
import { codeField, commandText, computeName } from "./command-job.ts";
import type { ComponentSpec } from "./component.ts";
import { type EnvironmentField, environmentField } from "./environment.ts";
import { distribution, identity, limits, queueSettings, resources, services } from "./job-blocks.ts";
import { type NodeInput, type NodeOutput, nodeInput, nodeOutput } from "./node-ports.ts";

/** One step of a pipeline: a component with its inputs, or a command written out in its place. */
export interface NodeSpec {
  type: "command" | "pipeline";
  /** A reference, or the component itself. */
  component?: string | ComponentSpec;
  display_name?: string;
  inputs: Record<string, NodeInput>;
  outputs: Record<string, NodeOutput>;
  command?: string;
  code?: string;
  environment?: EnvironmentField;
  environment_variables?: Record<string, string> | BoundBlock;
  compute?: string;
  resources?: z.output<typeof resources> | BoundBlock;
  distribution?: z.output<typeof distribution> | BoundBlock;
  limits?: z.output<typeof limits> | BoundBlock;
  retry_settings?: { max_retries?: number; timeout?: number };
  is_deterministic?: boolean;
  /** A container of its own instead of a warm worker. */
  isolation?: boolean;
  disabled?: boolean;
  comment?: string;
  description?: string;
  tags?: Record<string, string | null>;
  properties?: Record<string, string | null>;
  [key: string]: unknown;
}

/** A block with expressions inside; it is read when they have their values. */
export interface BoundBlock {
  [key: string]: unknown;
}

export function holdsExpression(value: unknown): boolean {
  if (typeof value === "string") return value.includes("${{");
  if (Array.isArray(value)) return value.some(holdsExpression);
  return isMapping(value) && Object.values(value).some(holdsExpression);
}

/** The schema for a plain value, and anything that waits for the inputs of the pipeline. */
function orBound<T extends z.ZodType>(schema: T): z.ZodType<z.output<T> | BoundBlock> {
  return z.unknown().transform((raw, ctx): z.output<T> | BoundBlock => {
    if (holdsExpression(raw)) return plain(raw) as BoundBlock;
    const parsed = schema.safeParse(raw);
    return parsed.success ? parsed.data : forward(parsed.error, raw, ctx);
  });
}

const common = {
  display_name: opt(freeText),
  inputs: z.record(z.string(), nodeInput, { error: "must be a mapping of names to inputs." }).default({}),
  outputs: z.record(z.string(), nodeOutput, { error: "must be a mapping of names to outputs." }).default({}),
  environment: opt(orBound(environmentField)),
  environment_variables: opt(orBound(textMap)),
  compute: opt(orBound(computeName)),
  resources: opt(orBound(resources)),
  distribution: opt(orBound(distribution)),
  limits: opt(orBound(limits)),
  retry_settings: opt(mapping({ max_retries: opt(whole(0, 20)), timeout: opt(whole(1)) })),
  is_deterministic: opt(flag),
  isolation: opt(flag),
  disabled: opt(flag),
  identity: opt(identity),
  services: opt(services),
  queue_settings: opt(queueSettings),
  comment: opt(freeText),
  description: opt(freeText),
  tags: opt(tagMap),
  properties: opt(tagMap),
};

const written = { command: commandText, code: opt(codeField), name: opt(text) };

/** Keys of a step that mean something here. */
export const nodeKeys = ["type", "component", ...Object.keys(written), ...Object.keys(common)];

const notYet = [
  ...["sweep", "parallel", "spark", "automl", "import", "data_transfer"],
  ...["if_else", "do_while", "parallel_for"],
];

/** A step. Keys that are not known are kept. */
export function nodeSchema(component: z.ZodType<string | ComponentSpec>): z.ZodType<NodeSpec> {
  const byReference = z
    .object({ type: z.enum(["command", "pipeline"]), component, ...common })
    .catchall(opaque);
  const inline = z.object({ type: z.literal("command"), ...written, ...common }).catchall(opaque);
  return z.unknown().transform((raw, ctx): NodeSpec => {
    const fail = (message: string, ...path: string[]): never => {
      ctx.addIssue({ code: "custom", message, path });
      return z.NEVER;
    };
    if (!isMapping(raw)) return fail("must be a mapping: component or command, with inputs.");
    const present = Object.entries(raw).filter(([, value]) => value !== null && value !== undefined);
    const node = Object.fromEntries(present);
    const type = findScalarText(node.type)?.toLowerCase() ?? impliedType(node);
    if (notYet.includes(type))
      return fail(`Steps of type ${type} are not there yet. A step is of type command or pipeline.`, "type");
    if (type !== "command" && type !== "pipeline")
      return fail(`must be command or pipeline.${didYouMean(type, ["command", "pipeline"])}`, "type");
    if (node.component === undefined && type === "pipeline")
      return fail("A step of type pipeline needs component: a pipeline component.");
    if (node.component === undefined && node.command === undefined)
      return fail("needs component, or command and environment.");
    if (node.component !== undefined) {
      for (const key of ["command", "code"])
        if (node[key] !== undefined)
          return fail("stands beside component, which brings its own. Take one of them out.", key);
    }
    const schema = node.component === undefined ? inline : byReference;
    const parsed = schema.safeParse({ ...node, type });
    if (!parsed.success) return forward(parsed.error, raw, ctx);
    if (node.component === undefined && parsed.data.environment === undefined)
      return fail("is required.", "environment");
    return parsed.data as NodeSpec;
  });
}

function impliedType(node: Record<string, unknown>): string {
  const { component } = node;
  if (!isMapping(component)) return "command";
  const type = findScalarText(component.type)?.toLowerCase();
  return type === "pipeline" || (type === undefined && "jobs" in component && !("command" in component))
    ? "pipeline"
    : "command";
}
