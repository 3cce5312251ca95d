import { z } from "zod";
import { assetSummary, assetVersionSummary } from "#lib/assets/model.ts";
import { environmentDefinitionSchema } from "./build/definition.ts";

export const environmentBuild = z.object({
  /** `image` for containers, `venv` for processes of the studio's machine. */
  kind: z.enum(["image", "venv"]),
  status: z.enum(["building", "ready", "failed"]),
  error: z.string().nullable(),
  /** What the definition was resolved to: `pandas==2.2.3`. */
  packages: z.array(z.string()),
  startedAt: z.number(),
  finishedAt: z.number().nullable(),
});
export type EnvironmentBuild = z.infer<typeof environmentBuild>;

export const environmentVersion = assetVersionSummary.extend({
  name: z.string(),
  /** Ships with the studio; cannot be changed. */
  curated: z.boolean(),
  definition: environmentDefinitionSchema,
  /** The same packages and base image have the same digest, whatever they are called. */
  digest: z.string(),
  builds: z.array(environmentBuild),
});
export type EnvironmentVersion = z.infer<typeof environmentVersion>;

export const environmentSummary = assetSummary.extend({ curated: z.boolean() });
export type EnvironmentSummary = z.infer<typeof environmentSummary>;
