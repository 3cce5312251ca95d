import { and, eq, isNull, max, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { runs } from "#db/schema/index.ts";
import type { Experiment } from "../experiments.ts";
import type { ExperimentSummary } from "../model.ts";

/** Experiments of one workspace with how many runs they have, in the order given. */
export async function readExperimentSummaries(
  db: Queryable,
  found: readonly Experiment[],
): Promise<ExperimentSummary[]> {
  const [first] = found;
  if (!first) return [];
  const numbers = sql.param(found.map((experiment) => experiment.number));
  const rows = await db
    .select({
      number: runs.experimentNumber,
      runCount: sql<number>`count(*)::int`,
      openRunCount: sql<number>`count(*) filter (where ${runs.status} not in ('Completed', 'Failed', 'Canceled'))::int`,
      lastRunAt: max(runs.createdAt),
    })
    .from(runs)
    .where(
      and(
        eq(runs.workspaceId, first.workspaceId),
        sql`${runs.experimentNumber} = any(${numbers}::bigint[])`,
        isNull(runs.deletedAt),
      ),
    )
    .groupBy(runs.experimentNumber);
  const counts = new Map(rows.map((row) => [row.number, row]));
  return found.map((experiment) => {
    const { number, name, tags, createdAt, updatedAt, deletedAt } = experiment;
    const counted = counts.get(number);
    return {
      ...{ number, name, tags, deleted: deletedAt !== null },
      ...{ createdAt: createdAt.getTime(), updatedAt: updatedAt.getTime() },
      runCount: counted?.runCount ?? 0,
      openRunCount: counted?.openRunCount ?? 0,
      lastRunAt: counted?.lastRunAt?.getTime() ?? null,
    };
  });
}

export async function readExperimentSummary(
  db: Queryable,
  experiment: Experiment,
): Promise<ExperimentSummary> {
  const [summary] = await readExperimentSummaries(db, [experiment]);
  if (!summary) throw new Error(`experiment ${experiment.name} is gone`);
  return summary;
}
