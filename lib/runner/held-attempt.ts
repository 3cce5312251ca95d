import { and, eq } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { attempts, type runs } from "#db/schema/index.ts";
import type { ComputeProvider } from "#lib/compute/port.ts";
import { isAppError, messageOf } from "#lib/core/errors.ts";
import type { PlanNode } from "#lib/pipelines/model.ts";
import type { Services } from "#lib/services/services.ts";
import type { PreparedSteps } from "./pipelines/prepared-steps.ts";
import type { WorkerPool } from "./workers/worker-pool.ts";

export type AttemptRow = typeof attempts.$inferSelect;

/**
 * This runner no longer holds the attempt, or cannot tell: another one has it, or the database did not answer. Whoever
 * holds it now, or claims it next, goes on from what is stored.
 */
export class LeaseLost extends Error {
  constructor(why: string) {
    super(`the lease is lost: ${why}`);
  }
}

/** An attempt that this runner has claimed, with what it needs to carry it through. */
export interface HeldAttempt {
  services: Services;
  provider: ComputeProvider;
  /** As claimed; `fence` does not change while it is held. */
  attempt: AttemptRow;
  run: typeof runs.$inferSelect;
  /** The plan of the pipeline's step that the run is; null for a run by itself. */
  step: PlanNode | null;
  workers: WorkerPool;
  /** Containers that are started before their steps are due. */
  prepared: PreparedSteps;
  /** The run has ended in the database; what is left is cleaning up. */
  onEnded: () => void;
  /** Marks what belongs to this studio on a shared engine. */
  studioId: string;
  /** Aborts when the lease is lost or the runner stops. */
  lost: AbortSignal;
  /** Aborts when somebody asked the run to end. */
  cancel: AbortSignal;
}

/**
 * Writes for an attempt in one transaction that first checks its fence and keeps its row locked, so that a stale owner
 * changes nothing. Throws `LeaseLost` when the fence is old or the database fails.
 */
export async function writeHeld<T>(
  held: Pick<HeldAttempt, "services" | "attempt">,
  work: (tx: Queryable) => Promise<T>,
): Promise<T> {
  const { services, attempt } = held;
  try {
    return await services.db.transaction(async (tx) => {
      const [row] = await tx.select({ id: attempts.id }).from(attempts).where(isHeld(attempt)).for("update");
      if (!row) throw new LeaseLost("another runner has the attempt");
      return work(tx);
    });
  } catch (error) {
    if (error instanceof LeaseLost || isAppError(error)) throw error;
    throw new LeaseLost(messageOf(error));
  }
}

/** Throws `LeaseLost` for a stale owner: before work whose results are not in the database, where no fence holds. */
export async function checkHeld({
  services,
  attempt,
}: Pick<HeldAttempt, "services" | "attempt">): Promise<AttemptRow> {
  const rows = await services.db
    .select()
    .from(attempts)
    .where(isHeld(attempt))
    .catch((error: unknown) => {
      throw new LeaseLost(messageOf(error));
    });
  const [row] = rows;
  if (!row) throw new LeaseLost("another runner has the attempt");
  return row;
}

const isHeld = ({ id, fence }: AttemptRow) =>
  and(eq(attempts.id, id), eq(attempts.fence, fence), eq(attempts.state, "claimed"));
