import { and, desc, eq, isNotNull, isNull } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { assets, assetVersions, deployments, endpoints, runPorts, runs } from "#db/schema/index.ts";
import type { Asset, AssetVersion } from "#lib/assets/commands.ts";
import type { Lineage, LineageNode } from "./model.ts";

/** From the data by the run to the version, and on to the endpoints that serve it. */
export async function readLineage(db: Queryable, asset: Asset, version: AssetVersion): Promise<Lineage> {
  const nodes: LineageNode[] = [];
  const edges: Lineage["edges"] = [];
  const add = (node: LineageNode) => nodes.push(node) - 1;
  const model = add({
    kind: "model",
    name: asset.name,
    version: version.version,
    label: `${asset.name} v${version.version}`,
    state: null,
  });
  const [run] = version.runId ? await db.select().from(runs).where(eq(runs.id, version.runId)) : [];
  if (run) {
    const maker = add({
      kind: "run",
      name: run.name,
      version: null,
      label: run.displayName,
      state: run.status,
    });
    edges.push({ from: maker, to: model });
    for (const data of await readInputs(db, run.id)) {
      const label = `${data.name} v${data.version}`;
      edges.push({
        from: add({ kind: data.kind, name: data.name, version: data.version, label, state: null }),
        to: maker,
      });
    }
  }
  const serving = await db
    .select({ endpoint: endpoints.name, deployment: deployments.name, state: deployments.provisioningState })
    .from(deployments)
    .innerJoin(endpoints, eq(endpoints.id, deployments.endpointId))
    .where(and(eq(deployments.modelVersionId, version.id), isNull(deployments.deletingAt)))
    .orderBy(desc(deployments.createdAt));
  for (const { endpoint, deployment, state } of serving) {
    const label = `${endpoint} · ${deployment}`;
    edges.push({
      from: model,
      to: add({ kind: "endpoint", name: endpoint, version: deployment, label, state }),
    });
  }
  return { nodes, edges };
}

async function readInputs(db: Queryable, runId: string) {
  const rows = await db
    .selectDistinct({ kind: assets.kind, name: assets.name, version: assetVersions.version })
    .from(runPorts)
    .innerJoin(assetVersions, eq(assetVersions.id, runPorts.assetVersionId))
    .innerJoin(assets, eq(assets.id, assetVersions.assetId))
    .where(
      and(eq(runPorts.runId, runId), eq(runPorts.direction, "input"), isNotNull(runPorts.assetVersionId)),
    );
  return rows.flatMap((row) =>
    row.kind === "dataset" || row.kind === "model" ? [{ ...row, kind: row.kind }] : [],
  );
}
