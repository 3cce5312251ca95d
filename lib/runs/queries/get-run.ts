import { and, asc, desc, eq, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import {
  assets,
  assetVersions,
  attempts,
  computeTargets,
  type runEvents,
  runPorts,
  runs,
  trees,
} from "#db/schema/index.ts";
import { notFound } from "#lib/core/errors.ts";
import type { CommandJobSpec } from "#lib/spec/kinds/command-job.ts";
import type { RunStatus } from "#lib/spec/statuses.ts";
import { limitsOf } from "../limits.ts";
import type { RunAttempt, RunDetails, RunPort } from "../model.ts";
import { isEnded } from "../state.ts";
import type { RunRow } from "../transition.ts";
import { readPeople, toSummaries } from "./summaries.ts";

export type AttemptRow = typeof attempts.$inferSelect;
export type RunEventRow = typeof runEvents.$inferSelect;

/** A run by its name; also an archived or deleted one. */
export async function findRun(db: Queryable, workspaceId: string, name: string): Promise<RunRow | null> {
  const [row] = await db
    .select()
    .from(runs)
    .where(and(eq(runs.workspaceId, workspaceId), eq(runs.name, name)));
  return row ?? null;
}

export async function getRun(db: Queryable, workspaceId: string, name: string): Promise<RunRow> {
  const row = await findRun(db, workspaceId, name);
  if (!row) throw notFound(`Run “${name}”`);
  return row;
}

export async function listAttempts(db: Queryable, runId: string): Promise<AttemptRow[]> {
  return db.select().from(attempts).where(eq(attempts.runId, runId)).orderBy(asc(attempts.number));
}

/** The attempt of a number, or the last one; null for a run that the studio does not execute. */
export async function findAttempt(db: Queryable, runId: string, number?: number): Promise<AttemptRow | null> {
  const [row] = await db
    .select()
    .from(attempts)
    .where(and(eq(attempts.runId, runId), number === undefined ? undefined : eq(attempts.number, number)))
    .orderBy(desc(attempts.number))
    .limit(1);
  return row ?? null;
}

/** Everything about one run. `studioUrl` is where pages start. */
export async function readRunDetails(
  db: Queryable,
  run: RunRow,
  place: { studioUrl: string; workspaceName: string },
): Promise<RunDetails> {
  const [summary] = await toSummaries(db, [run]);
  if (!summary) throw notFound(`Run “${run.name}”`);
  const [ports, tries, people, snapshot, limits, childCount] = await Promise.all([
    readPorts(db, run),
    listAttempts(db, run.id),
    readPeople(db, [run]),
    readSnapshot(db, run),
    readLimits(db, run),
    db.$count(runs, eq(runs.parentRunId, run.id)),
  ]);
  const spec = run.spec as (CommandJobSpec & { properties?: Record<string, string | null> }) | null;
  const last = tries.at(-1);
  return {
    ...summary,
    command: spec?.command ?? null,
    job: run.spec,
    specText: run.specText,
    inputs: ports.inputs,
    outputs: ports.outputs,
    snapshot,
    attempts: tries.map(toAttempt),
    exitCode: run.exitCode,
    limits,
    queuePosition: last?.state === "queued" ? await countAhead(db, run, last) : null,
    properties: Object.fromEntries(
      Object.entries(spec?.properties ?? {}).map(([key, value]) => [key, value ?? ""]),
    ),
    childCount,
    cancelRequestedAt: run.cancelRequestedAt?.getTime() ?? null,
    canceledBy: people.get(run.canceledBy ?? "") ?? null,
    studioUrl: `${place.studioUrl}/${place.workspaceName}/runs/${run.name}`,
    experimentId: String(run.experimentNumber),
  };
}

function toAttempt(row: AttemptRow): RunAttempt {
  const { number, state, provider, exitCode, outcome, logSizeBytes } = row;
  return {
    number,
    state,
    provider,
    exitCode,
    outcome,
    logSizeBytes,
    createdAt: row.createdAt.getTime(),
    launchedAt: row.launchedAt?.getTime() ?? null,
    endedAt: row.endedAt?.getTime() ?? null,
  };
}

async function readPorts(db: Queryable, run: RunRow): Promise<{ inputs: RunPort[]; outputs: RunPort[] }> {
  const rows = await db
    .select({ port: runPorts, version: assetVersions.version, kind: assets.kind, asset: assets.name })
    .from(runPorts)
    .leftJoin(assetVersions, eq(assetVersions.id, runPorts.assetVersionId))
    .leftJoin(assets, eq(assets.id, assetVersions.assetId))
    .where(eq(runPorts.runId, run.id))
    .orderBy(asc(runPorts.name));
  const toPort = ({ port, version, kind, asset }: (typeof rows)[number]): RunPort => ({
    name: port.name,
    type: port.type,
    mode: port.mode,
    value: port.value,
    uri: port.uri,
    asset: kind && asset && version ? { kind, name: asset, version } : null,
    available: port.source !== null && (port.direction === "input" || isEnded(run.status as RunStatus)),
  });
  return {
    inputs: rows.filter(({ port }) => port.direction === "input").map(toPort),
    outputs: rows.filter(({ port }) => port.direction === "output").map(toPort),
  };
}

async function readSnapshot(db: Queryable, run: RunRow): Promise<RunDetails["snapshot"]> {
  if (!run.snapshotDigest) return null;
  const [row] = await db
    .select({ digest: trees.digest, fileCount: trees.fileCount, sizeBytes: trees.sizeBytes })
    .from(trees)
    .where(and(eq(trees.workspaceId, run.workspaceId), eq(trees.digest, run.snapshotDigest)));
  return row ?? null;
}

/** What the run may use; nothing is known of a run that a client executes. */
export async function readLimits(db: Queryable, run: RunRow): Promise<RunDetails["limits"]> {
  if (!run.spec) return { cpus: null, memoryMib: null, timeoutMs: null };
  const [target] = await db
    .select()
    .from(computeTargets)
    .where(and(eq(computeTargets.workspaceId, run.workspaceId), eq(computeTargets.name, run.compute ?? "")));
  const { cpus, memoryMib, timeoutMs } = limitsOf(run.spec as CommandJobSpec, target ?? null);
  return { cpus, memoryMib, timeoutMs };
}

async function countAhead(db: Queryable, run: RunRow, attempt: AttemptRow): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(attempts)
    .innerJoin(runs, eq(runs.id, attempts.runId))
    .where(
      and(
        eq(attempts.state, "queued"),
        eq(attempts.workspaceId, run.workspaceId),
        run.compute === null ? undefined : eq(runs.compute, run.compute),
        sql`(${attempts.createdAt}, ${attempts.id}) < (${attempt.createdAt.toISOString()}::timestamptz, ${attempt.id})`,
      ),
    );
  return row?.count ?? 0;
}
