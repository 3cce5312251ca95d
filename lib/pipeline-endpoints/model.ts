import { z } from "zod";
import { literal } from "#lib/components/model.ts";
import { pipelineInput } from "#lib/pipelines/model.ts";

export const pipelineEndpointName = z
  .string()
  .regex(/^[A-Za-z](?:[-A-Za-z0-9]*[A-Za-z0-9])?$/, "may hold letters, digits and dashes, from a letter on")
  .min(3)
  .max(64);

/** The tag of the runs that an endpoint started: its name. */
export const endpointTag = "pipeline_endpoint";
export const versionTag = "pipeline_endpoint_version";

const author = z.object({ id: z.string(), name: z.string() });

export const pipelineEndpointVersion = z.object({
  number: z.number().int(),
  isDefault: z.boolean(),
  graphHash: z.string(),
  note: z.string(),
  createdBy: author.nullable(),
  createdAt: z.number(),
});

export const pipelineEndpointSummary = z.object({
  name: z.string(),
  description: z.string(),
  defaultVersion: z.number().int(),
  versionCount: z.number().int(),
  /** Where programs send their POST. */
  url: z.string(),
  createdBy: author.nullable(),
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type PipelineEndpointSummary = z.infer<typeof pipelineEndpointSummary>;

export const pipelineEndpoint = pipelineEndpointSummary.extend({
  versions: z.array(pipelineEndpointVersion),
  /** Of the default version: what a call may set. */
  inputs: z.record(z.string(), pipelineInput),
});
export type PipelineEndpoint = z.infer<typeof pipelineEndpoint>;

/** What a program sends. The words of the vendor's clients are understood too. */
export const trigger = z.object({
  /** Pipeline input → value; of a data input its reference. */
  inputs: z.record(z.string(), literal).default({}),
  version: z.number().int().min(1).optional(),
  experimentName: z.string().min(1).max(500).optional(),
  displayName: z.string().min(1).max(255).optional(),
});
export type Trigger = z.infer<typeof trigger>;
