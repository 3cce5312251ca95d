import { inArray } from "drizzle-orm";
import { deploymentInstances } from "#db/schema/index.ts";
import type { ComputeProvider } from "#lib/compute/port.ts";
import { isAway, messageOf } from "#lib/core/errors.ts";
import type { ReconcileContext } from "./context.ts";
import { instanceLabel, studioLabel } from "./instances.ts";

/** Ends containers whose instance has ended or is gone: whoever was to end them died first. */
export async function removeOrphanInstances(
  context: ReconcileContext,
  providers: Iterable<ComputeProvider>,
): Promise<void> {
  for (const provider of providers) {
    if (!provider.serve) continue;
    try {
      const found = await provider.list({ [studioLabel]: context.studioId });
      const items = found.filter(({ labels }) => labels[instanceLabel]);
      if (items.length === 0) continue;
      const ids = items.map(({ labels }) => labels[instanceLabel] ?? "");
      const rows = await context.services.db
        .select({ id: deploymentInstances.id, state: deploymentInstances.state })
        .from(deploymentInstances)
        .where(inArray(deploymentInstances.id, ids));
      const live = new Set(rows.filter(({ state }) => state !== "stopped").map(({ id }) => id));
      for (const { labels, handle } of items) {
        if (live.has(labels[instanceLabel] ?? "")) continue;
        await provider.stop(handle, 5000);
        await provider.remove(handle);
        context.services.logger.info(
          { instance: labels[instanceLabel] },
          "removed a container of no deployment",
        );
      }
    } catch (error) {
      // Compute that is away is told of where people look, and every look here would tell it again.
      context.services.logger[isAway(error) ? "debug" : "warn"](`left-over containers: ${messageOf(error)}`);
    }
  }
}
