import { and, eq, inArray } from "drizzle-orm";
import { attempts, runs } from "#db/schema/index.ts";
import { moveRun, noteRun } from "#lib/runs/transition.ts";
import type { Services } from "#lib/services/services.ts";
import type { ComputeWatch } from "./compute-watch.ts";

/** What was said last of each waiting attempt, so that it is said once. */
const said = new Map<string, string>();

/** Tells the runs that wait why they do: their target has no slot, or its place does not answer. */
export async function noteQueue(services: Services, watch: ComputeWatch): Promise<void> {
  const rows = await services.db
    .select({ attemptId: attempts.id, provider: attempts.provider, run: runs })
    .from(attempts)
    .innerJoin(runs, eq(runs.id, attempts.runId))
    .where(and(eq(attempts.state, "queued"), inArray(runs.status, ["NotStarted", "Queued"])))
    .orderBy(attempts.createdAt)
    .limit(200);
  for (const { attemptId, provider, run } of rows) {
    const place = watch.find(provider);
    const reason = place?.available
      ? `Waiting for a slot on ${run.compute}`
      : `${run.compute} is not available: ${place?.reason ?? "there is no such provider"}`;
    if (said.get(attemptId) === reason) continue;
    said.set(attemptId, reason);
    await services.db.transaction(async (tx) => {
      if (run.status === "NotStarted") await moveRun(tx, run.id, { to: "Queued", attemptId, reason });
      else await noteRun(tx, run, reason, attemptId);
    });
  }
  const waiting = new Set(rows.map((row) => row.attemptId));
  for (const id of said.keys()) if (!waiting.has(id)) said.delete(id);
}
