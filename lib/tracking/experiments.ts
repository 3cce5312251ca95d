import { and, eq, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { experiments, workspaces } from "#db/schema/index.ts";

export type Experiment = typeof experiments.$inferSelect;

/** The experiment that runs without one belong to; its number is 0, as MLflow's clients expect. */
export const defaultExperimentName = "Default";

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

/**
 * The experiment of a name, made when there is none; a deleted one comes back. Numbers are handed out under the lock of
 * the workspace's row, from 0 for `Default`. Call it inside a transaction.
 */
export async function getOrCreateExperiment(
  tx: Queryable,
  workspaceId: string,
  name: string,
): Promise<Experiment> {
  const found = await findExperimentByName(tx, workspaceId, name);
  if (found && found.deletedAt === null) return found;
  await tx.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.id, workspaceId)).for("update");
  const values = (number: number, title: string) => ({ workspaceId, number, name: title });
  await tx.insert(experiments).values(values(0, defaultExperimentName)).onConflictDoNothing();
  const again = await findExperimentByName(tx, workspaceId, name);
  if (again) {
    if (again.deletedAt === null) return again;
    const [back] = await tx
      .update(experiments)
      .set({ deletedAt: null, updatedAt: new Date() })
      .where(and(eq(experiments.workspaceId, workspaceId), eq(experiments.number, again.number)))
      .returning();
    return back ?? again;
  }
  const [last] = await tx
    .select({ number: sql<number>`coalesce(max(${experiments.number}), 0)`.mapWith(Number) })
    .from(experiments)
    .where(eq(experiments.workspaceId, workspaceId));
  const [made] = await tx
    .insert(experiments)
    .values(values((last?.number ?? 0) + 1, name))
    .returning();
  if (!made) throw new Error(`experiment ${name} was not made`);
  return made;
}
