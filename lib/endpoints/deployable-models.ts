import { and, desc, eq, isNull } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { assets, assetVersions, runs } from "#db/schema/index.ts";
import type { DeployableModel } from "./model.ts";

/** So many versions are offered in all; older ones can still be deployed by name. */
const maxVersions = 1000;

/** Models in MLflow's format with their versions, newest first. */
export async function listDeployableModels(db: Queryable, workspaceId: string): Promise<DeployableModel[]> {
  const rows = await db
    .select({
      name: assets.name,
      version: assetVersions.version,
      createdAt: assetVersions.createdAt,
      runName: runs.displayName,
    })
    .from(assetVersions)
    .innerJoin(assets, eq(assets.id, assetVersions.assetId))
    .leftJoin(runs, eq(runs.id, assetVersions.runId))
    .where(
      and(
        eq(assets.workspaceId, workspaceId),
        eq(assets.kind, "model"),
        eq(assetVersions.type, "mlflow_model"),
        isNull(assets.archivedAt),
        isNull(assetVersions.archivedAt),
        isNull(assetVersions.deletedAt),
      ),
    )
    .orderBy(desc(assets.updatedAt), desc(assetVersions.createdAt), desc(assetVersions.id))
    .limit(maxVersions);
  const models = new Map<string, DeployableModel>();
  for (const { name, version, createdAt, runName } of rows) {
    const model = models.get(name) ?? { name, versions: [] };
    models.set(name, model);
    model.versions.push({ version, createdAt: createdAt.getTime(), runName });
  }
  return [...models.values()];
}
