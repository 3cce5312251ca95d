import { and, eq, isNull, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { experiments, runs, workspaces } from "#db/schema/index.ts";
import { AppError, invalid, notFound } from "#lib/core/errors.ts";
import { publish } from "#lib/live/outbox.ts";
import { experimentName } from "./model.ts";

export type Experiment = typeof experiments.$inferSelect;

/** The experiment that clients use when none is named; every workspace has it. */
export const defaultExperimentName = "Default";

function checkName(name: string): string {
  const result = experimentName.safeParse(name);
  if (result.success) return result.data;
  throw invalid("name", result.error.issues[0]?.message ?? "is not valid", name);
}

/** Gives a new workspace its experiment 0. May be called again. */
export async function seedExperiments(tx: Queryable, workspaceId: string): Promise<void> {
  await tx
    .insert(experiments)
    .values({ workspaceId, number: 0, name: defaultExperimentName })
    .onConflictDoNothing();
}

/** Finds an experiment by its name, also a deleted one. */
export async function findExperimentByName(
  db: Queryable,
  workspaceId: string,
  name: string,
): Promise<Experiment | null> {
  const [row] = await db
    .select()
    .from(experiments)
    .where(and(eq(experiments.workspaceId, workspaceId), eq(experiments.name, name)));
  return row ?? null;
}

/** Finds an experiment by its number, also a deleted one. */
export async function findExperiment(
  db: Queryable,
  workspaceId: string,
  number: number,
): Promise<Experiment | null> {
  const [row] = await db
    .select()
    .from(experiments)
    .where(and(eq(experiments.workspaceId, workspaceId), eq(experiments.number, number)));
  return row ?? null;
}

export async function getExperiment(db: Queryable, workspaceId: string, number: number): Promise<Experiment> {
  const experiment = await findExperiment(db, workspaceId, number);
  if (!experiment) throw notFound(`Experiment ${number}`);
  return experiment;
}

/**
 * Makes an experiment under the next number of its workspace. The workspace's row is locked, so call it inside a
 * transaction. A name that is taken, also by a deleted experiment, is a `CONFLICT`.
 */
export async function createExperiment(
  tx: Queryable,
  workspaceId: string,
  input: { name: string; tags?: Record<string, string> | undefined },
): Promise<Experiment> {
  const name = checkName(input.name);
  await tx.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.id, workspaceId)).for("update");
  await seedExperiments(tx, workspaceId);
  if (await findExperimentByName(tx, workspaceId, name)) throw nameTaken(name);
  const next = sql<number>`(
    select max(${experiments.number}) + 1 from ${experiments} where ${experiments.workspaceId} = ${workspaceId}
  )`;
  const [row] = await tx
    .insert(experiments)
    .values({ workspaceId, name, number: next, tags: input.tags ?? {} })
    .returning();
  if (!row) throw new Error(`experiment ${name} was not made`);
  await publish(tx, { workspaceId, kind: "experiment", name, event: "created" });
  return row;
}

/** The experiment of that name, made when there is none and brought back when it was deleted. */
export async function getOrCreateExperiment(
  tx: Queryable,
  workspaceId: string,
  name: string,
): Promise<Experiment> {
  const found = await findExperimentByName(tx, workspaceId, name);
  if (found && !found.deletedAt) return found;
  if (found) {
    await tx.update(experiments).set({ deletedAt: null, updatedAt: new Date() }).where(byKey(found));
    return { ...found, deletedAt: null };
  }
  await tx.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.id, workspaceId)).for("update");
  await seedExperiments(tx, workspaceId);
  // Another caller may have made it while we waited for the lock.
  return (
    (await findExperimentByName(tx, workspaceId, name)) ?? (await createExperiment(tx, workspaceId, { name }))
  );
}

export async function renameExperiment(
  tx: Queryable,
  experiment: Experiment,
  newName: string,
): Promise<void> {
  const name = checkName(newName);
  const { workspaceId } = experiment;
  const other = await findExperimentByName(tx, workspaceId, name);
  if (other && other.number !== experiment.number) throw nameTaken(name);
  await tx.update(experiments).set({ name, updatedAt: new Date() }).where(byKey(experiment));
  await publish(tx, { workspaceId, kind: "experiment", name, event: "updated" });
}

/** Hides an experiment and its runs. Runs that the studio still executes must end first. */
export async function deleteExperiment(tx: Queryable, experiment: Experiment): Promise<void> {
  const { workspaceId, name, number } = experiment;
  if (number === 0) {
    throw invalid("experiment_id", `${name} cannot be deleted: clients use it when no experiment is named.`);
  }
  const [open] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(runs)
    .where(
      and(
        ofExperiment(experiment),
        eq(runs.origin, "studio"),
        sql`${runs.status} not in ('Completed', 'Failed', 'Canceled')`,
      ),
    );
  if (open && open.count > 0) {
    throw new AppError("CONFLICT", {
      userMessage: `${open.count} ${open.count === 1 ? "run" : "runs"} of ${name} did not end yet. Cancel them first.`,
      details: { number },
    });
  }
  const deletedAt = new Date();
  await tx.update(experiments).set({ deletedAt, updatedAt: deletedAt }).where(byKey(experiment));
  await tx
    .update(runs)
    .set({ deletedAt, updatedAt: deletedAt })
    .where(and(ofExperiment(experiment), isNull(runs.deletedAt)));
  await publish(tx, { workspaceId, kind: "experiment", name, event: "deleted" });
}

/** Brings an experiment back with all of its runs. */
export async function restoreExperiment(tx: Queryable, experiment: Experiment): Promise<void> {
  const { workspaceId, name } = experiment;
  const change = { deletedAt: null, updatedAt: new Date() };
  await tx.update(experiments).set(change).where(byKey(experiment));
  await tx.update(runs).set(change).where(ofExperiment(experiment));
  await publish(tx, { workspaceId, kind: "experiment", name, event: "updated" });
}

export async function setExperimentTag(
  tx: Queryable,
  experiment: Experiment,
  key: string,
  value: string,
): Promise<void> {
  await tx
    .update(experiments)
    .set({
      tags: sql`${experiments.tags} || jsonb_build_object(${key}::text, ${value}::text)`,
      updatedAt: new Date(),
    })
    .where(byKey(experiment));
}

export async function deleteExperimentTag(tx: Queryable, experiment: Experiment, key: string): Promise<void> {
  await tx
    .update(experiments)
    .set({ tags: sql`${experiments.tags} - ${key}::text`, updatedAt: new Date() })
    .where(byKey(experiment));
}

const byKey = ({ workspaceId, number }: Experiment) =>
  and(eq(experiments.workspaceId, workspaceId), eq(experiments.number, number));

const ofExperiment = ({ workspaceId, number }: Experiment) =>
  and(eq(runs.workspaceId, workspaceId), eq(runs.experimentNumber, number));

function nameTaken(name: string): AppError {
  return new AppError("CONFLICT", {
    userMessage: `An experiment named “${name}” exists already, perhaps among the deleted ones.`,
    issues: [{ path: "name", message: "is taken", value: name }],
  });
}
