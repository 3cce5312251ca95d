import { and, desc, eq, isNull } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { type AssetSource, assets, assetVersions, runPorts, runs } from "#db/schema/index.ts";
import { AppError } from "#lib/core/errors.ts";
import { registerVersion } from "#lib/models/register-version.ts";
import type { SavedOutput } from "#lib/pipelines/inference/types.ts";
import type { Services } from "#lib/services/services.ts";

export interface SavedModel {
  node: string;
  kind: SavedOutput["kind"];
  name: string;
  version: string;
}

interface Saving {
  output: SavedOutput;
  pipelineName: string;
  /** Of the step that fitted it. */
  runName: string;
}

/** Registers what a step fitted. Content that is the newest version already is that version. */
export async function registerSaved(
  services: Services,
  workspaceId: string,
  userId: string,
  { output, pipelineName, runName }: Saving,
): Promise<SavedModel> {
  const { db } = services;
  const found = await findOutput(db, workspaceId, runName, output.port);
  if (!found) {
    throw new AppError("CONFLICT", {
      userMessage: `${output.displayName} left no ${output.port} behind. Run the pipeline again.`,
    });
  }
  const name = slug(`${pipelineName} ${output.kind === "model" ? "model" : output.displayName}`);
  const known = await findNewest(db, workspaceId, name);
  const about = { node: output.node, kind: output.kind, name };
  if (known && sameFiles(known.source, found.source)) return { ...about, version: known.version };
  const made = await registerVersion(services, workspaceId, {
    name,
    type: "custom_model",
    source: found.source,
    path: `azureml://jobs/${runName}/outputs/${output.port}/paths/`,
    tags: { kind: output.kind },
    runId: found.runId,
    createdBy: userId,
  });
  return { ...about, version: made.version };
}

async function findOutput(db: Queryable, workspaceId: string, runName: string, port: string) {
  const [row] = await db
    .select({ source: runPorts.source, runId: runs.id })
    .from(runPorts)
    .innerJoin(runs, eq(runs.id, runPorts.runId))
    .where(
      and(
        eq(runs.workspaceId, workspaceId),
        eq(runs.name, runName),
        eq(runPorts.direction, "output"),
        eq(runPorts.name, port),
      ),
    );
  return row?.source ? { source: row.source, runId: row.runId } : null;
}

async function findNewest(db: Queryable, workspaceId: string, name: string) {
  const [row] = await db
    .select({ source: assetVersions.source, version: assetVersions.version })
    .from(assetVersions)
    .innerJoin(assets, eq(assets.id, assetVersions.assetId))
    .where(
      and(
        eq(assets.workspaceId, workspaceId),
        eq(assets.kind, "model"),
        eq(assets.name, name),
        isNull(assetVersions.deletedAt),
        isNull(assetVersions.archivedAt),
      ),
    )
    .orderBy(desc(assetVersions.createdAt))
    .limit(1);
  return row ?? null;
}

function sameFiles(one: AssetSource, other: AssetSource): boolean {
  return one.kind === "tree" && other.kind === "tree" && one.digest === other.digest;
}

/** `Term deposits model` → `term-deposits-model`: a name that references can carry. */
export function slug(text: string): string {
  const plain = text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 200);
  return plain || "model";
}
