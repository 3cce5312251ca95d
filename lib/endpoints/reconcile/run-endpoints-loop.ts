import { eq } from "drizzle-orm";
import { deployments, endpoints } from "#db/schema/index.ts";
import type { ComputeProvider } from "#lib/compute/port.ts";
import { AppError, messageOf } from "#lib/core/errors.ts";
import { sleep } from "#lib/core/time.ts";
import type { Services } from "#lib/services/services.ts";
import type { DeploymentRow, EndpointRow } from "../queries.ts";
import { endpointsChannel } from "../wake.ts";
import type { ReconcileContext } from "./context.ts";
import { reconcileDeployment, removeEmptyEndpoints } from "./deployment.ts";
import { LogFollowers } from "./follow-logs.ts";
import { becomeLeader } from "./leader.ts";
import { removeOrphanInstances } from "./orphans.ts";

const tickMs = 500;
/** A deployment where nothing changes is looked at so often. */
const steadyMs = 3000;
const orphansMs = 60_000;

export interface EndpointsLoopOptions {
  providers: ReadonlyMap<string, ComputeProvider>;
  /** Marks this studio's containers. */
  studioId: string;
  signal: AbortSignal;
}

/**
 * Makes what runs behind endpoints what was asked for, until the signal aborts. Of several runners one does it at a
 * time; what it needs to know is in the database and at the providers, so the next one goes on where it stopped.
 * Containers keep serving meanwhile.
 */
export async function runEndpointsLoop(services: Services, options: EndpointsLoopOptions): Promise<void> {
  while (!options.signal.aborted) {
    const leadership = await becomeLeader(services.sql, options.signal);
    if (!leadership) return;
    try {
      await lead(services, { ...options, signal: AbortSignal.any([options.signal, leadership.lost]) });
    } catch (error) {
      services.logger.error({ err: error }, `endpoints: ${messageOf(error)}`);
      await sleep(tickMs, options.signal);
    } finally {
      await leadership.release();
    }
  }
}

async function lead(services: Services, options: EndpointsLoopOptions): Promise<void> {
  const { providers, studioId, signal } = options;
  const context: ReconcileContext = {
    services,
    studioId,
    signal,
    providerOf(type) {
      const provider = providers.get(type);
      if (provider) return provider;
      throw new AppError("UNAVAILABLE", { userMessage: `There is no compute of type ${type} here.` });
    },
    followers: new LogFollowers(services.db, services.logger),
    failedProbes: new Map(),
    preparing: new Map(),
  };
  const busy = new Map<string, Promise<void>>();
  const nextLook = new Map<string, number>();
  let wake = new AbortController();
  const listening = await services.sql.listen(endpointsChannel, () => {
    nextLook.clear();
    wake.abort();
  });
  let orphansAt = 0;

  async function look(row: DeploymentRow, endpoint: EndpointRow): Promise<void> {
    let soon = true;
    try {
      soon = await reconcileDeployment(context, row, endpoint);
    } catch (error) {
      services.logger.warn(
        { err: error, deployment: row.name },
        `deployment ${row.name}: ${messageOf(error)}`,
      );
    } finally {
      nextLook.set(row.id, Date.now() + (soon ? tickMs : steadyMs));
      busy.delete(row.id);
    }
  }

  try {
    while (!signal.aborted) {
      if (wake.signal.aborted) wake = new AbortController();
      const waiting = AbortSignal.any([signal, wake.signal]);
      const rows = await services.db
        .select({ endpoint: endpoints, deployment: deployments })
        .from(endpoints)
        .leftJoin(deployments, eq(deployments.endpointId, endpoints.id))
        .catch((error: unknown) => {
          services.logger.warn(`endpoints: ${messageOf(error)}`);
          return [];
        });
      for (const { endpoint, deployment } of rows) {
        if (!deployment || busy.has(deployment.id) || Date.now() < (nextLook.get(deployment.id) ?? 0))
          continue;
        busy.set(deployment.id, look(deployment, endpoint));
      }
      const empty = rows.filter(({ endpoint, deployment }) => endpoint.deletingAt && !deployment);
      await removeEmptyEndpoints(
        context,
        empty.map(({ endpoint }) => endpoint),
      ).catch((error: unknown) => services.logger.warn(`endpoints: ${messageOf(error)}`));
      if (Date.now() >= orphansAt) {
        orphansAt = Date.now() + orphansMs;
        void removeOrphanInstances(context, providers.values());
      }
      await sleep(tickMs, waiting);
    }
  } finally {
    await listening.unlisten().catch(() => {});
    await Promise.all([...busy.values(), context.followers.close()]);
  }
}
