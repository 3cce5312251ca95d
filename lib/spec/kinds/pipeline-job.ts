import { z } from "zod";
import { choice, freeText, mapping, name, opaque, opt, tagMap, text } from "../fields.ts";
import { computeName } from "./command-job.ts";
import { type ComponentSpec, componentField, jobsField } from "./component.ts";
import { jobInput } from "./input.ts";
import { identity, limits, services } from "./job-blocks.ts";
import { jobOutputs } from "./output.ts";
import type { NodeSpec } from "./pipeline-node.ts";
import { pipelineSettings } from "./pipeline-settings.ts";

const shape = {
  type: choice(["pipeline"]).default("pipeline"),
  name: opt(name),
  display_name: opt(text),
  experiment_name: opt(text),
  description: opt(freeText),
  tags: opt(tagMap),
  properties: opt(tagMap),
  compute: opt(computeName),
  inputs: z.record(z.string(), jobInput, { error: "must be a mapping of names to inputs." }).default({}),
  outputs: jobOutputs,
  settings: opt(pipelineSettings),
  limits: opt(limits),
  identity: opt(identity),
  services: opt(services),
  /** A pipeline component that is the whole job. */
  component: opt(componentField),
  jobs: opt(jobsField),
  /** What only the canvas knows: positions, groups, comments. */
  designer: opt(opaque),
};

export const pipelineJobSchema = mapping(shape, [
  "parameters",
  "metrics",
  "error",
  "parent_job_name",
]).superRefine((spec, ctx) => {
  if (spec.jobs !== undefined && spec.component !== undefined)
    ctx.addIssue({
      code: "custom",
      path: ["component"],
      message: "stands beside jobs. Take one of them out.",
    });
  if (spec.jobs === undefined && spec.component === undefined)
    ctx.addIssue({ code: "custom", path: ["jobs"], message: "is required." });
});

/** A pipeline job with its defaults filled in. Keys are the words of the file. */
export type PipelineJobSpec = Omit<z.output<typeof pipelineJobSchema>, "component" | "jobs"> & {
  component?: string | ComponentSpec;
  jobs?: Record<string, NodeSpec>;
};

export const pipelineJobKeys = Object.keys(shape);
