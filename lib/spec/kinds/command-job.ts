import { z } from "zod";
import { choice, freeText, mapping, name, opt, reference, tagMap, text, textMap } from "../fields.ts";
import { isMapping } from "../paths.ts";
import { plain, Written } from "../written.ts";
import { checkCommand } from "./command-check.ts";
import { checkEnvironment, environmentField, environmentLocals } from "./environment.ts";
import { type JobInput, jobInput } from "./input.ts";
import { distribution, identity, limits, queueSettings, resources, services } from "./job-blocks.ts";
import type { KindDefinition, LocalField } from "./kind-definition.ts";
import { checkMachines } from "./machines-check.ts";
import { jobOutputs } from "./output.ts";

/** The bare name of a compute target; `azureml:` in front is taken away. */
export const computeName = reference((ref) => {
  if (ref.kind === "local" && /^[\w.-]+$/.test(ref.path)) return undefined;
  return ref.kind === "asset" && (ref.type ?? "compute") === "compute"
    ? undefined
    : "names no compute target.";
}).transform((value) => value.trim().replace(/^azureml:(.*\/computes\/)?/, ""));

export const codeField = reference((ref) => {
  if (ref.kind === "local" || (ref.kind === "asset" && ref.version !== undefined)) return undefined;
  if (ref.kind === "git")
    return "Code from a git address is not supported. Check it out, and give the folder.";
  return "must be a folder beside the file.";
});

/** Linux takes 128 KiB at most as one argument of a program. */
export const commandText = text.pipe(
  z.string().max(100_000, "must have 100,000 characters at most. Put the rest in a script."),
);

const shape = {
  type: choice(["command"]).default("command"),
  name: opt(name),
  display_name: opt(text),
  experiment_name: opt(text),
  description: opt(freeText),
  tags: opt(tagMap),
  properties: opt(tagMap),
  code: opt(codeField),
  command: commandText,
  inputs: z.record(z.string(), jobInput, { error: "must be a mapping of names to inputs." }).default({}),
  outputs: jobOutputs,
  environment: environmentField,
  environment_variables: opt(textMap),
  compute: opt(computeName),
  resources: opt(resources),
  distribution: opt(distribution),
  limits: opt(limits),
  queue_settings: opt(queueSettings),
  identity: opt(identity),
  services: opt(services),
};

export const commandJobSchema = mapping(shape, ["parameters", "metrics", "error", "parent_job_name"]);

/** A command job with its defaults filled in. Keys are the words of the file; `limits.timeout` is in seconds. */
export type CommandJobSpec = z.output<typeof commandJobSchema>;

export const commandJobKind: KindDefinition<CommandJobSpec> = {
  schema: commandJobSchema,
  keys: Object.keys(shape),
  check(spec, report, options) {
    checkCommand(spec, report);
    checkEnvironment(spec.environment, ["environment"], report, options.curated);
    checkMachines(spec, report);
  },
  toMapping: (spec) => ({
    ...spec,
    compute: spec.compute === undefined ? undefined : `azureml:${spec.compute}`,
    inputs: Object.fromEntries(Object.entries(spec.inputs).map(([key, input]) => [key, inputMapping(input)])),
  }),
  localFields: commandJobLocals,
};

export function inputMapping(input: JobInput): unknown {
  if (input.type === "unset") {
    const { expects, optional, description } = input;
    return {
      type: expects,
      ...(optional ? { optional } : {}),
      ...(description === undefined ? {} : { description }),
    };
  }
  if (input.type !== "literal") return input;
  return typeof input.value === "number" ? new Written(input.value, input.text) : input.value;
}

function commandJobLocals(raw: Record<string, unknown>): LocalField[] {
  const fields: LocalField[] = environmentLocals(raw.environment, ["environment"]);
  if (typeof raw.code === "string") fields.unshift({ path: ["code"], purpose: "code", expects: "any" });
  if (!isMapping(raw.inputs)) return fields;
  for (const [key, input] of Object.entries(raw.inputs)) {
    if (!isMapping(input) || typeof input.path !== "string") continue;
    const type = String(plain(input.type) ?? "uri_folder").toLowerCase();
    const expects =
      type === "uri_file" ? "file" : type === "uri_folder" || type === "mltable" ? "folder" : "any";
    fields.push({ path: ["inputs", key, "path"], purpose: "input", expects });
  }
  return fields;
}
