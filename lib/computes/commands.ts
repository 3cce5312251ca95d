import { and, eq, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { attempts, computeTargets, runs } from "#db/schema/index.ts";
import { recordActivity } from "#lib/activity/record.ts";
import { AppError, notFound } from "#lib/core/errors.ts";
import { newId } from "#lib/core/ids.ts";
import { publish } from "#lib/live/outbox.ts";
import { type ComputeSpec, sizeMib } from "#lib/spec/kinds/compute.ts";
import { loadSpecText, loadSpecValue } from "#lib/spec/load-text.ts";

/** Makes a target from a compute file. `amlcompute` becomes containers, as many at once as its `max_instances`. */
export async function createTarget(
  db: Database,
  workspaceId: string,
  userId: string,
  file: string | Record<string, unknown>,
): Promise<string> {
  const options = { kind: "compute" as const };
  const { spec } = typeof file === "string" ? loadSpecText(file, options) : loadSpecValue(file, options);
  return db.transaction(async (tx) => {
    const [row] = await tx
      .insert(computeTargets)
      .values({ id: newId("cmp"), workspaceId, createdBy: userId, ...valuesOf(spec) })
      .onConflictDoNothing()
      .returning();
    if (!row) {
      throw new AppError("CONFLICT", {
        userMessage: `There is a compute target “${spec.name}” already. Choose another name, or change that one.`,
        issues: [{ path: "name", message: "is taken", value: spec.name }],
      });
    }
    await recordActivity(tx, { workspaceId, userId, verb: "created", kind: "compute", name: row.name });
    await publish(tx, { workspaceId, kind: "compute", name: row.name, event: "created" });
    return row.name;
  });
}

function valuesOf(spec: ComputeSpec) {
  const shared = {
    name: spec.name,
    description: spec.description ?? "",
    tags: Object.fromEntries(Object.entries(spec.tags ?? {}).map(([key, value]) => [key, value ?? ""])),
    maxInstances: Math.max(1, spec.max_instances),
  };
  if (spec.type === "amlcompute") return { ...shared, provider: "docker" };
  return {
    ...shared,
    provider: spec.type,
    ...(spec.cpus === undefined ? {} : { cpus: spec.cpus }),
    ...(spec.memory === undefined ? {} : { memoryMib: sizeMib(spec.memory) }),
  };
}

export interface TargetChange {
  maxInstances?: number | undefined;
  cpus?: number | null | undefined;
  memoryMib?: number | null | undefined;
  description?: string | undefined;
  tags?: Record<string, string> | undefined;
}

export async function updateTarget(
  db: Database,
  workspaceId: string,
  name: string,
  change: TargetChange,
): Promise<void> {
  const set = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  if (Object.keys(set).length === 0) return;
  await db.transaction(async (tx) => {
    const [row] = await tx
      .update(computeTargets)
      .set(set)
      .where(and(eq(computeTargets.workspaceId, workspaceId), eq(computeTargets.name, name)))
      .returning({ id: computeTargets.id });
    if (!row) throw notFound(`Compute “${name}”`);
    await publish(tx, { workspaceId, kind: "compute", name, event: "updated" });
  });
}

/** A `CONFLICT` while runs use it or wait for it. */
export async function deleteTarget(
  db: Database,
  workspaceId: string,
  userId: string,
  name: string,
): Promise<void> {
  await db.transaction(async (tx) => {
    const [row] = await tx
      .select({ id: computeTargets.id })
      .from(computeTargets)
      .where(and(eq(computeTargets.workspaceId, workspaceId), eq(computeTargets.name, name)))
      .for("update");
    if (!row) throw notFound(`Compute “${name}”`);
    const [open] = await tx
      .select({ count: sql<number>`count(*)::int` })
      .from(attempts)
      .innerJoin(runs, eq(runs.id, attempts.runId))
      .where(
        and(eq(runs.workspaceId, workspaceId), eq(runs.compute, name), sql`${attempts.state} <> 'ended'`),
      );
    const count = open?.count ?? 0;
    if (count > 0) {
      throw new AppError("CONFLICT", {
        userMessage: `${count} open ${count === 1 ? "run uses" : "runs use"} ${name}. Cancel them or wait for them, then delete it.`,
      });
    }
    await tx.delete(computeTargets).where(eq(computeTargets.id, row.id));
    await recordActivity(tx, { workspaceId, userId, verb: "deleted", kind: "compute", name });
    await publish(tx, { workspaceId, kind: "compute", name, event: "deleted" });
  });
}
