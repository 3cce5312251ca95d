import { z } from "zod";
import { AppError } from "#lib/core/errors.ts";
import { readDocument } from "#lib/spec/document.ts";
import { componentPortTypes } from "#lib/spec/kinds/component-ports.ts";
import { literalTypes } from "#lib/spec/kinds/data-types.ts";
import { isMapping } from "#lib/spec/paths.ts";
import { describeIssue } from "#lib/spec/validate.ts";
import { plain } from "#lib/spec/written.ts";
import { issuesOf } from "#lib/spec/zod-issues.ts";
import {
  type ComponentDefinition,
  inferenceRule,
  literal,
  moduleGroups,
  moduleRef,
  type ParameterDefinition,
  type PortDefinition,
  widgets,
} from "../model.ts";

const port = z.strictObject({
  type: z.enum(componentPortTypes),
  display_name: z.string().min(1),
  description: z.string().default(""),
  optional: z.boolean().default(false),
});

const parameter = z.strictObject({
  type: z.enum(literalTypes),
  display_name: z.string().min(1),
  description: z.string().default(""),
  default: literal.optional(),
  optional: z.boolean().default(false),
  min: z.number().optional(),
  max: z.number().optional(),
  enum: z.array(z.string()).min(1).optional(),
  labels: z.record(z.string(), z.string()).optional(),
  widget: z.enum(widgets).optional(),
  from: z.string().optional(),
  visible_when: z.record(z.string(), z.array(literal)).optional(),
  advanced: z.boolean().default(false),
});

const isParameterType = (raw: unknown) =>
  isMapping(raw) && (literalTypes as readonly unknown[]).includes(raw.type);

const input = z.unknown().transform((raw, ctx) => {
  const schema = isParameterType(raw) ? parameter : port;
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data as z.output<typeof port> | z.output<typeof parameter>;
  for (const issue of parsed.error.issues) ctx.issues.push({ ...issue, input: raw } as z.core.$ZodRawIssue);
  return z.NEVER;
});

/** A module's file. Unknown keys are faults: whoever writes one is at this desk. */
const moduleFile = z.strictObject({
  $schema: z.string().optional(),
  type: z.literal("module"),
  name: z.string().regex(/^[a-z][a-z0-9_]*$/),
  version: z.string().regex(/^\d+$/, "must be a whole number in quotes"),
  display_name: z.string().min(1),
  category: z.enum(moduleGroups.map(({ name }) => name) as [string, ...string[]]),
  icon: z.string().regex(/^[a-z0-9-]+$/),
  description: z.string().min(1),
  help: z.string().default(""),
  is_deterministic: z.boolean().default(true),
  cost: z.enum(["light", "heavy"]).default("light"),
  inputs: z.record(z.string(), input).default({}),
  outputs: z.record(z.string(), port).default({}),
  example: z.record(z.string(), z.unknown()).optional(),
  inference: inferenceRule.optional(),
  /** Another environment than that of all modules. */
  environment: z.string().optional(),
});

export interface ModuleFile {
  definition: ComponentDefinition;
  /** The curated environment that its steps run in. */
  environment: string;
}

/** What the modules run in unless one says otherwise. */
export const moduleEnvironment = "designer-1";

/**
 * Reads the text of a `module.yml`. `folder` is the group and the name of its folder, `digest` that of everything the
 * module is made of. Throws `VALIDATION_FAILED` that names the file, the line and the key at fault.
 */
export function readModule(text: string, file: string, folder: [string, string], digest: string): ModuleFile {
  const document = readDocument(text, file);
  const parsed = moduleFile.safeParse(plain(document.raw));
  const fail = (message: string): never => {
    throw new AppError("VALIDATION_FAILED", { userMessage: message });
  };
  if (!parsed.success) {
    const [first] = issuesOf(parsed.error, document);
    return fail(first ? `${first.location ?? file}: ${describeIssue(first)}` : `${file} is no module.`);
  }
  const module = parsed.data;
  if (module.name !== folder[1])
    return fail(`${file}: name is “${module.name}”, and the folder “${folder[1]}”.`);
  if (module.category !== folder[0])
    return fail(`${file}: category is “${module.category}”, and the folder above “${folder[0]}”.`);
  const inputs = Object.entries(module.inputs);
  return {
    environment: module.environment ?? moduleEnvironment,
    definition: {
      kind: "module",
      name: module.name,
      version: module.version,
      displayName: module.display_name,
      description: module.description,
      help: module.help,
      category: module.category,
      icon: module.icon,
      isDeterministic: module.is_deterministic,
      cost: module.cost,
      inputs: inputs.flatMap(([name, item]) =>
        isParameterType(item) ? [] : [portOf(name, item as z.output<typeof port>)],
      ),
      parameters: inputs.flatMap(([name, item]) =>
        isParameterType(item) ? [parameterOf(name, item as z.output<typeof parameter>)] : [],
      ),
      outputs: Object.entries(module.outputs).map(([name, item]) => portOf(name, item)),
      ...(module.inference ? { inference: module.inference } : {}),
      digest,
      ref: moduleRef(module.name),
    },
  };
}

function portOf(name: string, item: z.output<typeof port>): PortDefinition {
  const { type, optional, description } = item;
  return { name, displayName: item.display_name, type, optional, description };
}

function parameterOf(name: string, item: z.output<typeof parameter>): ParameterDefinition {
  const given = <T>(key: string, value: T | undefined) => (value === undefined ? {} : { [key]: value });
  return {
    name,
    displayName: item.display_name,
    type: item.type,
    ...given("default", item.default),
    optional: item.optional,
    ...given("min", item.min),
    ...given("max", item.max),
    ...given("enum", item.enum),
    ...given("labels", item.labels),
    description: item.description,
    ...given("widget", item.widget),
    ...given("from", item.from),
    ...given("visibleWhen", item.visible_when),
    advanced: item.advanced,
  };
}
