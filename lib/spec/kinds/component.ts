import { z } from "zod";
import { parseTemplate } from "../expressions.ts";
import {
  choice,
  flag,
  forward,
  freeText,
  mapping,
  opaque,
  opt,
  reference,
  tagMap,
  text,
  textList,
  textMap,
  version,
} from "../fields.ts";
import { isMapping } from "../paths.ts";
import { findScalarText } from "../written.ts";
import { codeField, commandText } from "./command-job.ts";
import {
  type ComponentInput,
  type ComponentOutput,
  componentInputs,
  componentOutputs,
} from "./component-ports.ts";
import { type EnvironmentField, environmentField } from "./environment.ts";
import { distribution, resources } from "./job-blocks.ts";
import { type NodeSpec, nodeSchema } from "./pipeline-node.ts";
import { type PipelineSettingsSpec, pipelineSettings } from "./pipeline-settings.ts";

/** What components of every type say about themselves. */
interface ComponentWords {
  name?: string;
  version?: string;
  display_name?: string;
  description?: string;
  tags?: Record<string, string | null>;
  properties?: Record<string, string | null>;
  is_deterministic?: boolean;
  inputs: Record<string, ComponentInput>;
  outputs: Record<string, ComponentOutput>;
}

export interface CommandComponentSpec extends ComponentWords {
  type: "command";
  command: string;
  environment: EnvironmentField;
  code?: string;
  distribution?: z.output<typeof distribution>;
  resources?: z.output<typeof resources>;
  environment_variables?: Record<string, string>;
  additional_includes?: string[];
}

export interface PipelineComponentSpec extends ComponentWords {
  type: "pipeline";
  jobs: Record<string, NodeSpec>;
  settings?: PipelineSettingsSpec;
  /** Where the canvas put things. */
  designer?: unknown;
}

export type ComponentSpec = CommandComponentSpec | PipelineComponentSpec;

const componentName = text.pipe(
  z
    .string()
    .max(255, "must have 255 characters at most.")
    .regex(/^[A-Za-z0-9_][A-Za-z0-9._-]*$/, "must be made of letters, digits, dots, dashes and underscores."),
);

const words = {
  name: opt(componentName),
  version: opt(version),
  display_name: opt(freeText),
  description: opt(freeText),
  tags: opt(tagMap),
  properties: opt(tagMap),
  is_deterministic: opt(flag),
  inputs: componentInputs,
  outputs: componentOutputs,
};

const commandShape = {
  type: choice(["command"]).default("command"),
  ...words,
  command: commandText,
  environment: environmentField,
  code: opt(codeField),
  distribution: opt(distribution),
  resources: opt(resources),
  environment_variables: opt(textMap),
  additional_includes: opt(textList),
};

/** A node names a component, or holds it. */
export const componentField: z.ZodType<string | ComponentSpec> = z.lazy(() =>
  z.unknown().transform((raw, ctx): string | ComponentSpec => {
    const parsed = (isMapping(raw) ? componentSchema : componentRef).safeParse(raw);
    return parsed.success ? (parsed.data as string | ComponentSpec) : forward(parsed.error, raw, ctx);
  }),
);

/** A file is read in its place by whoever can; where nobody can, it is a reference that is not found. */
const componentRef = reference((ref) => {
  if (ref.kind === "local") {
    // The short names of the studio's own modules.
    if (/^atelier:[a-z0-9_]+(@latest|:[\w.-]+)?$/.test(ref.path)) return undefined;
    return `“${ref.text}” cannot be read from here. Write azureml:<name>:<version> for a registered component.`;
  }
  return ref.kind === "asset" && (ref.type ?? "component") === "component"
    ? undefined
    : "names no component.";
});

const nodeName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** The steps of a pipeline, by name. */
export const jobsField: z.ZodType<Record<string, NodeSpec>> = z
  .record(z.string(), nodeSchema(componentField), { error: "must be a mapping of names to steps." })
  .superRefine((jobs, ctx) => {
    for (const key of Object.keys(jobs)) {
      if (nodeName.test(key)) continue;
      const fit = key.replace(/\W/g, "_").replace(/^(?=\d)/, "_");
      const message = `must be a name of letters, digits and underscores, and start with no digit. Write ${fit}.`;
      ctx.addIssue({ code: "custom", path: [key], message });
    }
    if (Object.keys(jobs).length === 0)
      ctx.addIssue({ code: "custom", message: "must hold at least one step." });
  });

/** One step alone, for whoever reads a document that is not all right. */
export const oneNode: z.ZodType<NodeSpec> = nodeSchema(componentField);

const pipelineShape = {
  type: choice(["pipeline"]).default("pipeline"),
  ...words,
  jobs: jobsField,
  settings: opt(pipelineSettings),
  designer: opt(opaque),
};

const commandComponent = mapping(commandShape);
const pipelineComponent = mapping(pipelineShape);

const others = ["parallel", "spark", "automl", "import", "data_transfer", "sweep"];

/** What a component is when it does not say so. */
export function componentTypeOf(raw: Record<string, unknown>): string {
  const type = findScalarText(raw.type)
    ?.toLowerCase()
    .replace(/_?component$/, "");
  return type ?? ("jobs" in raw && !("command" in raw) ? "pipeline" : "command");
}

export const componentSchema: z.ZodType<ComponentSpec> = z.unknown().transform((raw, ctx): ComponentSpec => {
  if (!isMapping(raw)) {
    ctx.addIssue({ code: "custom", message: "must be a mapping of keys to values." });
    return z.NEVER;
  }
  const type = componentTypeOf(raw);
  if (type !== "command" && type !== "pipeline") {
    const message = others.includes(type)
      ? `Components of type ${type} are not there yet. A component is of type command or pipeline.`
      : "must be command or pipeline.";
    ctx.addIssue({ code: "custom", path: ["type"], message });
    return z.NEVER;
  }
  const parsed = (type === "command" ? commandComponent : pipelineComponent).safeParse({ ...raw, type });
  return parsed.success ? (parsed.data as ComponentSpec) : forward(parsed.error, raw, ctx);
});

export const componentKeys = [...new Set([...Object.keys(commandShape), ...Object.keys(pipelineShape)])];

/** The inputs that stand in optional blocks only, and so need no value. */
export function blockInputs(command: string): Set<string> {
  const { blocks } = parseTemplate(command);
  return new Set(blocks.flatMap(({ expressions }) => expressions.map(({ name }) => name)));
}
