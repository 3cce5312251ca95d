import { and, asc, eq, isNull } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { deploymentInstances, deployments, endpoints, workspaces } from "#db/schema/index.ts";
import type { DeploymentRoute, EndpointRoute, InstanceRoute, RoutingTable } from "./table.ts";

/** One query for the whole table. What is being deleted is not in it, so that it is out of use before it stops. */
export async function loadTable(db: Queryable): Promise<RoutingTable> {
  const rows = await db
    .select({
      endpoint: {
        id: endpoints.id,
        workspaceId: endpoints.workspaceId,
        name: endpoints.name,
        traffic: endpoints.traffic,
        primary: endpoints.primaryKeyHash,
        secondary: endpoints.secondaryKeyHash,
      },
      workspace: workspaces.name,
      deployment: {
        id: deployments.id,
        name: deployments.name,
        requestTimeoutMs: deployments.requestTimeoutMs,
        maxConcurrentRequestsPerInstance: deployments.maxConcurrentRequestsPerInstance,
        maxQueueWaitMs: deployments.maxQueueWaitMs,
      },
      instance: { id: deploymentInstances.id, address: deploymentInstances.address },
    })
    .from(endpoints)
    .innerJoin(workspaces, and(eq(workspaces.id, endpoints.workspaceId), isNull(workspaces.archivedAt)))
    .leftJoin(deployments, and(eq(deployments.endpointId, endpoints.id), isNull(deployments.deletingAt)))
    .leftJoin(
      deploymentInstances,
      and(eq(deploymentInstances.deploymentId, deployments.id), eq(deploymentInstances.state, "ready")),
    )
    .where(isNull(endpoints.deletingAt))
    .orderBy(asc(endpoints.id), asc(deployments.name), asc(deploymentInstances.number));
  const table: RoutingTable = new Map();
  for (const { endpoint, workspace, deployment, instance } of rows) {
    const key = `${workspace}/${endpoint.name}`;
    const route: EndpointRoute = table.get(key) ?? {
      id: endpoint.id,
      workspaceId: endpoint.workspaceId,
      workspace,
      name: endpoint.name,
      keyHashes: [endpoint.primary, endpoint.secondary].map((hash) => Buffer.from(hash, "hex")),
      deployments: new Map(),
    };
    table.set(key, route);
    if (!deployment) continue;
    const known: DeploymentRoute = route.deployments.get(deployment.name) ?? {
      ...deployment,
      weight: endpoint.traffic[deployment.name] ?? 0,
      instances: [],
    };
    route.deployments.set(deployment.name, known);
    const address = instance ? parseAddress(instance.id, instance.address) : null;
    if (address) known.instances.push(address);
  }
  return table;
}

function parseAddress(id: string, address: string | null): InstanceRoute | null {
  const match = /^\[?([^\]]+)\]?:(\d+)$/.exec(address ?? "");
  return match?.[1] && match[2] ? { id, host: match[1], port: Number(match[2]) } : null;
}
