import { and, asc, desc, eq, ilike, inArray, lt, or, type SQL } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import {
  assets,
  assetVersions,
  deploymentInstances,
  deployments,
  endpoints,
  users,
  workspaces,
} from "#db/schema/index.ts";
import { decodeCursor, encodeCursor } from "#lib/api/page.ts";
import { notFound } from "#lib/core/errors.ts";
import type { Deployment, DeploymentInstance, EndpointSummary } from "./model.ts";

export type EndpointRow = typeof endpoints.$inferSelect;
export type DeploymentRow = typeof deployments.$inferSelect;
export type InstanceRow = typeof deploymentInstances.$inferSelect;

/** The row of an endpoint, or `NOT_FOUND`. With `lock`, held until the transaction ends. */
export async function getEndpointRow(
  db: Queryable,
  workspaceId: string,
  name: string,
  options: { lock?: boolean } = {},
): Promise<EndpointRow> {
  const query = db
    .select()
    .from(endpoints)
    .where(and(eq(endpoints.workspaceId, workspaceId), eq(endpoints.name, name)));
  const [row] = options.lock ? await query.for("update") : await query;
  if (!row) throw notFound(`Endpoint “${name}”`);
  return row;
}

export async function getDeploymentRow(
  db: Queryable,
  endpoint: EndpointRow,
  name: string,
): Promise<DeploymentRow> {
  const [row] = await db
    .select()
    .from(deployments)
    .where(and(eq(deployments.endpointId, endpoint.id), eq(deployments.name, name)));
  if (!row) throw notFound(`Deployment “${name}” of ${endpoint.name}`);
  return row;
}

function toInstance(row: InstanceRow): DeploymentInstance {
  const { id, number, state, reason } = row;
  return {
    id,
    number,
    state,
    reason,
    createdAt: row.createdAt.getTime(),
    readyAt: row.readyAt?.getTime() ?? null,
  };
}

/** So many that ended are still shown, with what they wrote. */
const endedShown = 3;

function shownInstances(rows: InstanceRow[]): DeploymentInstance[] {
  const ended = rows.filter((row) => row.state === "stopped").slice(-endedShown);
  return [...rows.filter((row) => row.state !== "stopped"), ...ended].map(toInstance);
}

/** The deployments of some endpoints, by endpoint id, in the order they were made. */
async function readDeployments(db: Queryable, of: EndpointRow[]): Promise<Map<string, Deployment[]>> {
  const byEndpoint = new Map<string, Deployment[]>(of.map((endpoint) => [endpoint.id, []]));
  if (of.length === 0) return byEndpoint;
  const rows = await db
    .select({
      row: deployments,
      // Read with the deployment, so that its state and its traffic are of one moment.
      traffic: endpoints.traffic,
      modelName: assets.name,
      modelVersion: assetVersions.version,
      createdByName: users.name,
    })
    .from(deployments)
    .innerJoin(endpoints, eq(endpoints.id, deployments.endpointId))
    .leftJoin(assetVersions, eq(assetVersions.id, deployments.modelVersionId))
    .leftJoin(assets, eq(assets.id, assetVersions.assetId))
    .leftJoin(users, eq(users.id, deployments.createdBy))
    .where(
      inArray(
        deployments.endpointId,
        of.map(({ id }) => id),
      ),
    )
    .orderBy(asc(deployments.createdAt), asc(deployments.id));
  const instances = await readInstances(
    db,
    rows.map(({ row }) => row.id),
  );
  const endpointsById = new Map(of.map((endpoint) => [endpoint.id, endpoint]));
  for (const { row, traffic, modelName, modelVersion, createdByName } of rows) {
    const endpoint = endpointsById.get(row.endpointId);
    if (!endpoint) continue;
    const mine = instances.get(row.id) ?? [];
    byEndpoint.get(row.endpointId)?.push({
      name: row.name,
      endpoint: endpoint.name,
      // A model that was deleted since still serves; only its name is gone.
      model: { name: modelName ?? "deleted model", version: modelVersion ?? "" },
      environment: row.environment?.name ?? null,
      instanceType: row.instanceType,
      instanceCount: row.instanceCount,
      readyCount: mine.filter(({ state }) => state === "ready").length,
      cpus: row.cpus,
      memoryMib: row.memoryMib,
      requestTimeoutMs: row.requestTimeoutMs,
      maxConcurrentRequestsPerInstance: row.maxConcurrentRequestsPerInstance,
      maxQueueWaitMs: row.maxQueueWaitMs,
      environmentVariables: row.environmentVariables,
      description: row.description,
      tags: row.tags,
      provisioningState: row.deletingAt || endpoint.deletingAt ? "Deleting" : row.provisioningState,
      progress: row.progress,
      error: row.error,
      traffic: traffic[row.name] ?? 0,
      allTrafficWhenReady: row.allTrafficWhenReady,
      imageDigest: row.imageDigest,
      instances: shownInstances(mine),
      createdBy: createdByName,
      createdAt: row.createdAt.getTime(),
      updatedAt: row.updatedAt.getTime(),
    });
  }
  return byEndpoint;
}

async function readInstances(db: Queryable, deploymentIds: string[]): Promise<Map<string, InstanceRow[]>> {
  const found = new Map<string, InstanceRow[]>();
  if (deploymentIds.length === 0) return found;
  const rows = await db
    .select()
    .from(deploymentInstances)
    .where(inArray(deploymentInstances.deploymentId, deploymentIds))
    .orderBy(asc(deploymentInstances.createdAt), asc(deploymentInstances.id));
  for (const row of rows) found.set(row.deploymentId, [...(found.get(row.deploymentId) ?? []), row]);
  return found;
}

export interface EndpointScope {
  workspaceId: string;
  /** Where callers reach the gateway. */
  gatewayUrl: string;
}

async function toSummaries(
  db: Queryable,
  scope: EndpointScope,
  rows: { row: EndpointRow; workspace: string; createdByName: string | null }[],
): Promise<EndpointSummary[]> {
  const found = await readDeployments(
    db,
    rows.map(({ row }) => row),
  );
  return rows.map(({ row, workspace, createdByName }) => {
    const address = `${scope.gatewayUrl}/e/${workspace}/${row.name}`;
    return {
      name: row.name,
      description: row.description,
      tags: row.tags,
      authMode: row.authMode,
      traffic: row.traffic,
      provisioningState: row.deletingAt ? "Deleting" : "Succeeded",
      scoringUri: `${address}/score`,
      openapiUri: `${address}/swagger.json`,
      createdBy: createdByName,
      createdAt: row.createdAt.getTime(),
      updatedAt: row.updatedAt.getTime(),
      deployments: found.get(row.id) ?? [],
    };
  });
}

function selectEndpoints(db: Queryable) {
  return db
    .select({ row: endpoints, workspace: workspaces.name, createdByName: users.name })
    .from(endpoints)
    .innerJoin(workspaces, eq(workspaces.id, endpoints.workspaceId))
    .leftJoin(users, eq(users.id, endpoints.createdBy));
}

export async function getEndpoint(
  db: Queryable,
  scope: EndpointScope,
  name: string,
): Promise<EndpointSummary> {
  const rows = await selectEndpoints(db).where(
    and(eq(endpoints.workspaceId, scope.workspaceId), eq(endpoints.name, name)),
  );
  const [summary] = await toSummaries(db, scope, rows);
  if (!summary) throw notFound(`Endpoint “${name}”`);
  return summary;
}

export async function getDeployment(
  db: Queryable,
  scope: EndpointScope,
  endpointName: string,
  name: string,
): Promise<Deployment> {
  const endpoint = await getEndpoint(db, scope, endpointName);
  const found = endpoint.deployments.find((item) => item.name === name);
  if (!found) throw notFound(`Deployment “${name}” of ${endpointName}`);
  return found;
}

/** Newest first. */
export async function listEndpoints(
  db: Queryable,
  scope: EndpointScope,
  query: { search?: string | undefined; limit: number; cursor?: string | undefined },
): Promise<{ items: EndpointSummary[]; nextCursor: string | null; total: number }> {
  const conditions: (SQL | undefined)[] = [
    eq(endpoints.workspaceId, scope.workspaceId),
    query.search ? ilike(endpoints.name, `%${query.search.replace(/[%_\\]/g, "\\$&")}%`) : undefined,
  ];
  const total = await db.$count(endpoints, and(...conditions));
  if (query.cursor) {
    const [at, id] = decodeCursor(query.cursor, 2);
    const when = new Date(Number(at));
    conditions.push(
      or(lt(endpoints.createdAt, when), and(eq(endpoints.createdAt, when), lt(endpoints.id, String(id)))),
    );
  }
  const rows = await selectEndpoints(db)
    .where(and(...conditions))
    .orderBy(desc(endpoints.createdAt), desc(endpoints.id))
    .limit(query.limit + 1);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1)?.row;
  return {
    items: await toSummaries(db, scope, page),
    nextCursor: rows.length > query.limit && last ? encodeCursor([last.createdAt.getTime(), last.id]) : null,
    total,
  };
}
