import { and, eq } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { runs } from "#db/schema/index.ts";
import { invalid, notFound } from "#lib/core/errors.ts";

export type Run = typeof runs.$inferSelect;

/** A run by its name, which is also its MLflow id; also a deleted one. */
export async function findRunByName(db: Queryable, workspaceId: string, name: string): Promise<Run | null> {
  const [row] = await db
    .select()
    .from(runs)
    .where(and(eq(runs.workspaceId, workspaceId), eq(runs.name, name)));
  return row ?? null;
}

export async function getRunByName(db: Queryable, workspaceId: string, name: string): Promise<Run> {
  const run = await findRunByName(db, workspaceId, name);
  if (!run) throw notFound(`Run “${name}”`);
  return run;
}

/** The run, if it may still be written to: not one that was deleted. */
export async function getActiveRun(db: Queryable, workspaceId: string, name: string): Promise<Run> {
  const run = await getRunByName(db, workspaceId, name);
  if (run.deletedAt) {
    throw invalid(
      "run_id",
      `The run ${name} must be in the 'active' state. Current state is deleted. Restore it first.`,
    );
  }
  return run;
}
