import { and, asc, eq, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { attempts, computeStatus, computeTargets, runs } from "#db/schema/index.ts";
import { type Issue, invalid, notFound } from "#lib/core/errors.ts";
import { didYouMean } from "#lib/spec/near-names.ts";
import { type ComputeTarget, defaultComputeWords, defaultTargetName } from "./model.ts";

export type TargetRow = typeof computeTargets.$inferSelect;

/** How long after the runner's last word a place counts as available. */
const staleMs = 20_000;

/** The targets of a workspace by name, with what the runner last saw of their places. */
export async function listTargets(
  db: Queryable,
  workspaceId: string,
  name?: string,
): Promise<ComputeTarget[]> {
  const rows = await db
    .select({ target: computeTargets, status: computeStatus })
    .from(computeTargets)
    .leftJoin(computeStatus, eq(computeStatus.provider, computeTargets.provider))
    .where(
      and(
        eq(computeTargets.workspaceId, workspaceId),
        name === undefined ? undefined : eq(computeTargets.name, name),
      ),
    )
    .orderBy(asc(computeTargets.name));
  const counts = await countAttempts(db, workspaceId);
  return rows.map(({ target, status }) => ({
    name: target.name,
    provider: target.provider,
    maxInstances: target.maxInstances,
    cpus: target.cpus,
    memoryMib: target.memoryMib,
    description: target.description,
    tags: target.tags,
    createdAt: target.createdAt.getTime(),
    availability: availabilityOf(status),
    runningCount: counts.get(`${target.name} claimed`) ?? 0,
    queuedCount: counts.get(`${target.name} queued`) ?? 0,
  }));
}

export async function getTarget(db: Queryable, workspaceId: string, name: string): Promise<ComputeTarget> {
  const [target] = await listTargets(db, workspaceId, name);
  if (!target) throw notFound(`Compute “${name}”`);
  return target;
}

/**
 * The target that a job's `compute` means. Words such as `serverless`, and none at all, mean the workspace's default;
 * so does a name that is not known here, with a warning, unless it asks for a GPU. The default is `docker`, but on a
 * machine without an engine a target that answers.
 */
export async function resolveTarget(
  db: Queryable,
  workspaceId: string,
  wanted: string | undefined,
): Promise<{ target: TargetRow; warnings: Issue[] }> {
  const found = await db
    .select({ row: computeTargets, status: computeStatus })
    .from(computeTargets)
    .leftJoin(computeStatus, eq(computeStatus.provider, computeTargets.provider))
    .where(eq(computeTargets.workspaceId, workspaceId))
    .orderBy(asc(computeTargets.createdAt), asc(computeTargets.id));
  const rows = found.map(({ row }) => row);
  const named = rows.find((row) => row.name === wanted);
  if (named) return { target: named, warnings: [] };
  // A place that the runner has not looked at yet counts as one that answers.
  const open = found.filter(({ status }) => status?.available !== false).map(({ row }) => row);
  const usual = (targets: TargetRow[]) => targets.find((row) => row.name === defaultTargetName) ?? targets[0];
  const fallback = usual(open) ?? usual(rows);
  if (!fallback) throw invalid("compute", "This workspace has no compute target. Make one under Compute.");
  if (wanted === undefined || defaultComputeWords.includes(wanted)) return { target: fallback, warnings: [] };
  const near = didYouMean(
    wanted,
    rows.map((row) => row.name),
  );
  if (/gpu/i.test(wanted)) {
    const known = rows.map((row) => row.name).join(", ");
    throw invalid(
      "compute",
      `There is no “${wanted}” here, and no target with a GPU. There is ${known}.`,
      wanted,
    );
  }
  const message = `There is no “${wanted}” here; the run goes to “${fallback.name}”.${near}`;
  return { target: fallback, warnings: [{ path: "compute", message, value: wanted }] };
}

function availabilityOf(status: typeof computeStatus.$inferSelect | null): ComputeTarget["availability"] {
  if (!status) {
    const reason = "The runner has not looked at it yet.";
    return { available: false, reason, cpus: 0, memoryMib: 0, seenAt: null };
  }
  const seenAt = status.seenAt.getTime();
  const fresh = Date.now() - seenAt < staleMs;
  return {
    available: status.available && fresh,
    reason: fresh ? status.reason : "The runner has not reported for a while. It may be stopped.",
    cpus: status.cpus,
    memoryMib: status.memoryMib,
    seenAt,
  };
}

async function countAttempts(db: Queryable, workspaceId: string): Promise<Map<string, number>> {
  const rows = await db
    .select({ compute: runs.compute, state: attempts.state, count: sql<number>`count(*)::int` })
    .from(attempts)
    .innerJoin(runs, eq(runs.id, attempts.runId))
    .where(and(eq(attempts.workspaceId, workspaceId), sql`${attempts.state} <> 'ended'`))
    .groupBy(runs.compute, attempts.state);
  return new Map(rows.map((row) => [`${row.compute} ${row.state}`, row.count]));
}
