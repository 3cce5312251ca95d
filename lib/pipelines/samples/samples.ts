import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { findAsset, findAssetVersion } from "#lib/assets/queries.ts";
import { listTargets } from "#lib/computes/queries.ts";
import { notFound } from "#lib/core/errors.ts";
import { createDataset } from "#lib/datasets/commands.ts";
import { newDataset } from "#lib/datasets/model.ts";
import { storeBlob } from "#lib/files/commands.ts";
import type { Services } from "#lib/services/services.ts";
import { samplePipelineNames, sampleTables } from "./sample-list.ts";

const folder = join(process.cwd(), "sample", "pipelines");

export interface SamplePipeline {
  name: string;
  displayName: string;
  description: string;
  /** The YAML of the pipeline job. */
  text: string;
}

/** A sample by its name. Throws `NOT_FOUND`. */
export async function readSamplePipeline(name: string): Promise<SamplePipeline> {
  const known = samplePipelineNames.find((each) => each === name);
  if (!known) throw notFound(`Sample pipeline “${name}”`);
  const text = await readFile(join(folder, `${known}.yml`), "utf8");
  const document = parseDocument(text);
  return {
    name: known,
    displayName: String(document.get("display_name")),
    description: String(document.get("description")),
    text,
  };
}

export function readSamplePipelines(): Promise<SamplePipeline[]> {
  return Promise.all(samplePipelineNames.map(readSamplePipeline));
}

/** The datasets of the studio's own that a pipeline reads. */
export function findSampleTables(text: string): string[] {
  const named = [...text.matchAll(/azureml:(sample-[a-z-]+)@latest/g)].flatMap(([, name]) => name ?? []);
  return [...new Set(named)].filter((name) => name in sampleTables);
}

/**
 * Makes a sample ready in a workspace: its tables become datasets where they are not there yet, and its text names a compute
 * target that answers. The newest version of a dataset of that name counts, whatever somebody made of it since.
 */
export async function prepareSamplePipeline(
  services: Services,
  workspaceId: string,
  userId: string,
  name: string,
): Promise<SamplePipeline> {
  const sample = await readSamplePipeline(name);
  for (const table of findSampleTables(sample.text)) await ensureTable(services, workspaceId, userId, table);
  return { ...sample, text: await withCompute(services, workspaceId, sample.text) };
}

async function ensureTable(
  services: Services,
  workspaceId: string,
  userId: string,
  name: string,
): Promise<void> {
  const asset = await findAsset(services.db, workspaceId, "dataset", name);
  const known = asset && !asset.archivedAt ? await findAssetVersion(services.db, asset, {}) : null;
  if (known) return;
  const fileName = `${name}.csv`;
  const { sha256 } = await storeBlob(services, workspaceId, createReadStream(join(folder, "data", fileName)));
  const input = newDataset.parse({
    name,
    description: sampleTables[name] ?? "",
    tags: { sample: "true" },
    source: { sha256, fileName },
  });
  await createDataset(services, workspaceId, userId, input);
}

/** Containers when there are any, else processes. None is named when no target was seen yet. */
async function withCompute(services: Services, workspaceId: string, text: string): Promise<string> {
  const targets = await listTargets(services.db, workspaceId);
  const answering = targets.filter(({ availability }) => availability.available);
  const chosen = answering.find(({ provider }) => provider === "docker") ?? answering[0];
  if (!chosen) return text;
  const document = parseDocument(text);
  document.setIn(["settings", "default_compute"], `azureml:${chosen.name}`);
  return document.toString({ lineWidth: 0 });
}
