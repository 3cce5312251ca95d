import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { deployments, endpoints } from "#db/schema/index.ts";
import { recordActivity } from "#lib/activity/record.ts";
import type { Traffic } from "../model.ts";
import type { DeploymentRow, EndpointRow } from "../queries.ts";
import { wakeGateways, wakeReconciler } from "../wake.ts";

/** Moves the traffic; the names of the deployments that had it. */
export async function giveAllTraffic(
  tx: Queryable,
  row: DeploymentRow,
  endpoint: EndpointRow,
  from: Traffic,
): Promise<string[]> {
  const traffic = { [row.name]: 100 };
  await tx.update(endpoints).set({ traffic, updatedAt: new Date() }).where(eq(endpoints.id, endpoint.id));
  await recordActivity(tx, {
    workspaceId: row.workspaceId,
    userId: row.createdBy,
    verb: "changed the traffic of",
    kind: "endpoint",
    name: endpoint.name,
    data: { from, to: traffic },
  });
  await wakeGateways(tx);
  return Object.keys(from).filter((name) => name !== row.name && (from[name] ?? 0) > 0);
}

/** What had the traffic goes: gateways hear of it together with the new split, and its requests are finished first. */
export async function removeFormer(
  tx: Queryable,
  row: DeploymentRow,
  endpoint: EndpointRow,
  names: string[],
): Promise<void> {
  const gone = await tx
    .update(deployments)
    .set({ deletingAt: new Date() })
    .where(
      and(
        eq(deployments.endpointId, endpoint.id),
        inArray(deployments.name, names),
        isNull(deployments.deletingAt),
      ),
    )
    .returning({ name: deployments.name });
  for (const { name } of gone) {
    await recordActivity(tx, {
      workspaceId: row.workspaceId,
      userId: row.createdBy,
      verb: "removed a deployment of",
      kind: "endpoint",
      name: endpoint.name,
      data: { deployment: name },
    });
  }
  await wakeReconciler(tx);
}
