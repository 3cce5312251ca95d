import { z } from "zod";

export const assetKinds = ["dataset", "model", "environment", "component"] as const;
export type AssetKind = (typeof assetKinds)[number];

/** Letters, digits, `-`, `_` and `.`; at most 255; starts with a letter or digit. */
export const assetName = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/,
    "use letters, digits, dashes, dots and underscores, at most 255",
  );

export const assetVersionText = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,29}$/,
    "use letters, digits, dashes, dots and underscores, at most 30",
  );

export const tags = z.record(z.string().max(250), z.string().max(100_000));

/** One version as lists and pages show it. */
export const assetVersionSummary = z.object({
  version: z.string(),
  type: z.string(),
  path: z.string(),
  description: z.string(),
  tags,
  labels: z.array(z.string()),
  sizeBytes: z.number().nullable(),
  runName: z.string().nullable(),
  createdBy: z.string().nullable(),
  /** UTC milliseconds. */
  createdAt: z.number(),
  archived: z.boolean(),
});
export type AssetVersionSummary = z.infer<typeof assetVersionSummary>;

/** One asset in a list, with its newest version. */
export const assetSummary = z.object({
  name: z.string(),
  description: z.string(),
  tags,
  versionCount: z.number().int(),
  archived: z.boolean(),
  createdAt: z.number(),
  updatedAt: z.number(),
  latest: assetVersionSummary.nullable(),
});
export type AssetSummary = z.infer<typeof assetSummary>;

/** Which version: an exact one, a label, or `latest` (the one made last). */
export interface VersionSelector {
  version?: string | undefined;
  label?: string | undefined;
}
