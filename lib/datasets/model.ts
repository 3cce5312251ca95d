import { z } from "zod";
import { assetName, assetSummary, assetVersionSummary, assetVersionText, tags } from "#lib/assets/model.ts";
import { csvOptions, tableColumn } from "#lib/tables/model.ts";

export const datasetTypes = ["uri_file", "uri_folder", "mltable"] as const;
export const datasetFormats = ["csv", "parquet", "folder", "other"] as const;
export type DatasetFormat = (typeof datasetFormats)[number];

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in 64 lower-case hex digits");

/** A table found in a dataset: its columns, and the Parquet file (a blob) that previews read. */
export const datasetTable = z.object({
  columns: z.array(tableColumn),
  rowCount: z.number().int(),
  parquetSha256: sha256,
});
export type DatasetTable = z.infer<typeof datasetTable>;

/** What a version keeps beside its files (`asset_versions.details`). */
export const datasetDetails = z.object({
  format: z.enum(datasetFormats).default("other"),
  csvOptions: csvOptions.optional(),
  table: datasetTable.nullable().default(null),
  profileSha256: sha256.nullable().default(null),
  /** Why there is no table or profile, for people. */
  problem: z.string().nullable().default(null),
});
export type DatasetDetails = z.infer<typeof datasetDetails>;

/** The format that a file's name tells. */
export function formatOfFile(fileName: string): DatasetFormat {
  if (/\.(csv|tsv|txt)$/i.test(fileName)) return "csv";
  if (/\.(parquet|pqt)$/i.test(fileName)) return "parquet";
  return "other";
}

/** A name for a dataset from that of its file: `Bank marketing (2).csv` → `bank-marketing-2`. */
export function nameFromFile(fileName: string): string {
  const stem = fileName.replace(/\.[^.]*$/, "").toLowerCase();
  return stem.replace(/[^a-z0-9._]+/g, "-").replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, "") || "dataset";
}

const tableFacts = z.object({ rowCount: z.number().int(), columnCount: z.number().int() });

export const datasetSummary = assetSummary.extend({
  format: z.enum(datasetFormats),
  table: tableFacts.nullable(),
});
export type DatasetSummary = z.infer<typeof datasetSummary>;

export const datasetVersion = assetVersionSummary.extend({
  format: z.enum(datasetFormats),
  columns: z.array(tableColumn).nullable(),
  rowCount: z.number().int().nullable(),
  profiled: z.boolean(),
  problem: z.string().nullable(),
  /** How a job names it: `azureml:name:version`. */
  reference: z.string(),
  properties: z.record(z.string(), z.string()),
});
export type DatasetVersion = z.infer<typeof datasetVersion>;

export const dataset = z.object({
  name: z.string(),
  description: z.string(),
  tags,
  archived: z.boolean(),
  createdAt: z.number(),
  versions: z.array(datasetVersion),
});
export type Dataset = z.infer<typeof dataset>;

/**
 * Where the files of a new version come from: one uploaded file, an uploaded folder, what a run wrote
 * (`azureml://jobs/<run>/outputs/<name>/paths/…`, `runs:/<run>/<path>`), or an address outside.
 */
export const datasetSource = z.union([
  z.object({ sha256, fileName: z.string().min(1).max(255) }),
  z.object({ tree: sha256 }),
  z.object({ path: z.string().min(1).max(2000) }),
  z.object({ uri: z.url({ protocol: /^https?$/, error: "must be an http or https address" }) }),
]);

export const newDataset = z.object({
  name: assetName,
  version: assetVersionText.optional(),
  type: z.enum(datasetTypes).optional(),
  description: z.string().max(10_000).default(""),
  tags: tags.default({}),
  properties: z.record(z.string(), z.string()).default({}),
  source: datasetSource,
  csvOptions: csvOptions.default({}),
});
export type NewDataset = z.infer<typeof newDataset>;
