import { sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";

/** Wakes the gateways: keys, traffic or ready instances changed. */
export const routesChannel = "atelier_routes";

/** Wakes the reconciler: what is asked for changed. */
export const endpointsChannel = "atelier_endpoints";

/** Sent when the caller's transaction commits. */
export async function wakeGateways(tx: Queryable): Promise<void> {
  await tx.execute(sql`select pg_notify(${routesChannel}, '')`);
}

export async function wakeReconciler(tx: Queryable): Promise<void> {
  await tx.execute(sql`select pg_notify(${endpointsChannel}, '')`);
}
