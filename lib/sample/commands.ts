import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Queryable } from "#db/client.ts";
import { findAsset, findAssetVersion } from "#lib/assets/queries.ts";
import { listTargets } from "#lib/computes/queries.ts";
import { createDataset } from "#lib/datasets/commands.ts";
import { newDataset } from "#lib/datasets/model.ts";
import { createTree, storeBlob } from "#lib/files/commands.ts";
import { type Submitter, submitRun } from "#lib/runs/commands/submit-run.ts";
import type { Services } from "#lib/services/services.ts";

const folder = join(process.cwd(), "sample");
const datasetName = "breast-cancer";
const modelName = "breast-cancer-classifier";
const datasetFile = `${datasetName}.csv`;

export interface StartedSample {
  dataset: { name: string; version: string };
  run: string;
  model: string;
}

/** The sample's table as a version of a dataset; the one that is there when its content is the same. */
async function ensureDataset(services: Services, workspaceId: string, userId: string): Promise<string> {
  const { sha256 } = await storeBlob(services, workspaceId, createReadStream(join(folder, datasetFile)));
  const asset = await findAsset(services.db, workspaceId, "dataset", datasetName);
  const known = asset && !asset.archivedAt ? await findAssetVersion(services.db, asset, {}) : null;
  if (known?.source.kind === "blob" && known.source.sha256 === sha256) return known.version;
  const input = newDataset.parse({
    name: datasetName,
    description: "569 tumours: 30 measurements of cell nuclei each, and the diagnosis.",
    tags: { sample: "true", licence: "CC BY 4.0" },
    source: { sha256, fileName: datasetFile },
  });
  return (await createDataset(services, workspaceId, userId, input)).version;
}

/** A target that answers: containers when there are any, else processes. None is named when no target was seen yet. */
async function chooseCompute(db: Queryable, workspaceId: string): Promise<string[]> {
  const answering = (await listTargets(db, workspaceId)).filter(({ availability }) => availability.available);
  const chosen = answering.find(({ provider }) => provider === "docker") ?? answering[0];
  return chosen ? [`compute=${chosen.name}`] : [];
}

/** Brings the sample into a workspace: its data, and a run that trains and registers a model. Safe to repeat. */
export async function startSample(
  services: Services,
  workspaceId: string,
  by: Submitter,
): Promise<StartedSample> {
  const version = await ensureDataset(services, workspaceId, by.userId);
  const script = await storeBlob(services, workspaceId, createReadStream(join(folder, "code/train.py")));
  const code = await createTree(services.db, workspaceId, [{ path: "train.py", sha256: script.sha256 }]);
  const run = await submitRun(services.db, workspaceId, by, {
    spec: await readFile(join(folder, "job.yml"), "utf8"),
    fileName: "job.yml",
    code: code.digest,
    set: [
      `inputs.data.path=azureml:${datasetName}:${version}`,
      ...(await chooseCompute(services.db, workspaceId)),
    ],
  });
  return { dataset: { name: datasetName, version }, run: run.name, model: modelName };
}
