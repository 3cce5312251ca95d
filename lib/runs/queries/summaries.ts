import { and, eq, inArray, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { experiments, runPorts, runs, users } from "#db/schema/index.ts";
import type { RunStatus } from "#lib/spec/statuses.ts";
import { type RunData, readRunData } from "#lib/tracking/queries/run-data.ts";
import type { RunSummary } from "../model.ts";
import type { RunRow } from "../transition.ts";

/** Runs as lists show them, in the order given, with what was logged to them. All runs are of one workspace. */
export async function toSummaries(
  db: Queryable,
  rows: readonly RunRow[],
  logged?: ReadonlyMap<string, RunData>,
): Promise<RunSummary[]> {
  if (rows.length === 0) return [];
  const [data, literals, names, people, parents] = await Promise.all([
    logged ?? readRunData(db, rows),
    readLiterals(db, rows),
    readExperimentNames(db, rows),
    readPeople(db, rows),
    readParentNames(db, rows),
  ]);
  return rows.map((row) => {
    const { metrics = [], params = [], tags = [] } = data.get(row.id) ?? {};
    const own = tags.filter(({ key }) => !key.startsWith("mlflow."));
    return {
      name: row.name,
      displayName: row.displayName,
      experimentName: names.get(row.experimentNumber) ?? "",
      type: row.type,
      status: row.status as RunStatus,
      origin: row.origin,
      compute: row.compute,
      environment: row.environment?.name ?? null,
      createdBy: people.get(row.createdBy ?? "") ?? null,
      userName: row.userName,
      parentName: parents.get(row.parentRunId ?? "") ?? null,
      description: row.description,
      tags: Object.fromEntries(own.map(({ key, value }) => [key, value])),
      // What a script logs under the name of an input is the better word for it.
      params: {
        ...literals.get(row.id),
        ...Object.fromEntries(params.map(({ key, value }) => [key, value])),
      },
      metrics: Object.fromEntries(metrics.map(({ key, value, isNan }) => [key, isNan ? null : value])),
      error: row.error,
      createdAt: row.createdAt.getTime(),
      startedAt: row.startedAt?.getTime() ?? null,
      endedAt: row.endedAt?.getTime() ?? null,
      durationMs: row.startedAt ? (row.endedAt ?? new Date()).getTime() - row.startedAt.getTime() : null,
      archived: row.archivedAt !== null,
      deleted: row.deletedAt !== null,
    };
  });
}

async function readLiterals(
  db: Queryable,
  rows: readonly RunRow[],
): Promise<Map<string, Record<string, string>>> {
  const found = await db
    .select({ runId: runPorts.runId, name: runPorts.name, value: runPorts.value })
    .from(runPorts)
    .where(
      and(
        inArray(
          runPorts.runId,
          rows.map((row) => row.id),
        ),
        eq(runPorts.direction, "input"),
        eq(runPorts.type, "literal"),
      ),
    );
  const literals = new Map<string, Record<string, string>>();
  for (const { runId, name, value } of found) {
    literals.set(runId, { ...literals.get(runId), [name]: value ?? "" });
  }
  return literals;
}

async function readExperimentNames(db: Queryable, rows: readonly RunRow[]): Promise<Map<number, string>> {
  const numbers = [...new Set(rows.map((row) => row.experimentNumber))];
  const found = await db
    .select({ number: experiments.number, name: experiments.name })
    .from(experiments)
    .where(
      and(eq(experiments.workspaceId, rows[0]?.workspaceId ?? ""), inArray(experiments.number, numbers)),
    );
  return new Map(found.map(({ number, name }) => [number, name]));
}

/** The people behind runs, by user id. */
export async function readPeople(
  db: Queryable,
  rows: readonly Pick<RunRow, "createdBy" | "canceledBy">[],
): Promise<Map<string, { id: string; name: string; email: string }>> {
  const ids = [
    ...new Set(rows.flatMap((row) => [row.createdBy, row.canceledBy]).filter((id) => id !== null)),
  ];
  if (ids.length === 0) return new Map();
  const found = await db
    .select({ id: users.id, name: users.name, email: users.email })
    .from(users)
    .where(inArray(users.id, ids));
  return new Map(found.map((user) => [user.id, user]));
}

async function readParentNames(db: Queryable, rows: readonly RunRow[]): Promise<Map<string, string>> {
  const ids = [...new Set(rows.map((row) => row.parentRunId).filter((id) => id !== null))];
  if (ids.length === 0) return new Map();
  const found = await db.select({ id: runs.id, name: runs.name }).from(runs).where(sql`${runs.id} in ${ids}`);
  return new Map(found.map(({ id, name }) => [id, name]));
}
