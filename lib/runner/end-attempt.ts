import { and, eq, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { attempts, logChunks, type RunError, runPorts, runs } from "#db/schema/index.ts";
import { revokeRunTokens } from "#lib/auth/tokens.ts";
import { insertAttempt } from "#lib/runs/commands/insert-run.ts";
import { retriedOutcome } from "#lib/runs/log/keys.ts";
import type { PhaseName } from "#lib/runs/phases.ts";
import type { TerminalStatus } from "#lib/runs/state.ts";
import { moveRun } from "#lib/runs/transition.ts";
import type { CollectedOutput } from "./collect-outputs.ts";
import type { DeclaredOutput } from "./declared-outputs.ts";
import { type HeldAttempt, writeHeld } from "./held-attempt.ts";
import { keepLog } from "./keep-log.ts";
import { registerOutput } from "./register-outputs.ts";

const maxLost = 3;
/** Times the number of tries so far: what made one fail may pass by itself. */
const retryDelayMs = 3000;

export interface RunEnd {
  status: TerminalStatus;
  exitCode: number | null;
  error?: RunError;
  /** The phase to blame in the timeline. */
  phase?: PhaseName;
}

/** What a run leaves behind with its end. */
export interface RunResults {
  declared: Record<string, DeclaredOutput>;
  collected: CollectedOutput[];
  /** Columns of the run that change with its end. */
  set?: Partial<typeof runs.$inferInsert>;
  /** Written in the same transaction. */
  also?: (tx: Queryable) => Promise<void>;
}

/**
 * The last act of a run, in one transaction: its status, its outputs, the end of its attempt and of its token. A step that
 * failed and has tries left is not ended but tried again.
 */
export async function endRun(held: HeldAttempt, end: RunEnd, results: RunResults | null): Promise<void> {
  const { run, attempt, step } = held;
  if (end.status === "Failed" && step && attempt.number <= step.retries && !held.cancel.aborted) {
    return tryAgain(held, `Try ${attempt.number} failed: ${end.error?.message ?? "no reason was given"}`, 0);
  }
  await keepLog(held, end.status);
  await writeHeld(held, async (tx) => {
    await closeAttempt(tx, attempt.id, end.status, end.exitCode);
    for (const { name, source, sizeBytes, value = null } of results?.collected ?? []) {
      const declared = end.status === "Completed" ? results?.declared[name] : undefined;
      const assetVersionId =
        declared?.name === undefined
          ? null
          : await registerOutput(
              tx,
              run,
              { ...declared, name: declared.name, port: name, source, sizeBytes },
              attempt.id,
            );
      await tx
        .update(runPorts)
        .set({ source, assetVersionId, value })
        .where(and(eq(runPorts.runId, run.id), eq(runPorts.direction, "output"), eq(runPorts.name, name)));
    }
    await revokeRunTokens(tx, run.id);
    await keepLiterals(tx, run.id);
    await results?.also?.(tx);
    await moveRun(tx, run.id, {
      to: end.status,
      attemptId: attempt.id,
      reason: end.error?.message ?? "",
      ...(end.phase ? { data: { phase: end.phase } } : {}),
      set: { ...results?.set, exitCode: end.exitCode, error: end.error ?? null },
    });
  });
}

/** After a failure that is not the user's: another try, unless there were enough or the run is to be canceled. */
export async function retryRun(held: HeldAttempt, reason: string, delayMs?: number): Promise<void> {
  const { attempt, step } = held;
  const last = attempt.number >= maxLost + (step?.retries ?? 0);
  if (!last) {
    const pauseMs = delayMs ?? retryDelayMs * attempt.number;
    return tryAgain(held, `Try ${attempt.number} was lost: ${reason}`, pauseMs);
  }
  await endRun(
    { ...held, step: null },
    {
      status: "Failed",
      exitCode: null,
      error: {
        code: "STUDIO_FAILED",
        message: `The studio could not run it: ${reason}`,
        hint: `It was tried ${attempt.number} times. Run it again when the cause is gone.`,
      },
    },
    null,
  );
}

/** Closes this try and opens the next, unless the run is to be canceled. */
async function tryAgain(held: HeldAttempt, words: string, delayMs: number): Promise<void> {
  const { run, attempt, step } = held;
  await keepLog(held, retriedOutcome);
  await writeHeld(held, async (tx) => {
    const [now] = await tx.select({ cancel: runs.cancelRequestedAt }).from(runs).where(eq(runs.id, run.id));
    const canceled = now?.cancel !== null;
    await closeAttempt(tx, attempt.id, canceled ? "Canceled" : retriedOutcome, null);
    await revokeRunTokens(tx, run.id);
    if (canceled) {
      await moveRun(tx, run.id, { to: "Canceled", attemptId: attempt.id });
    } else {
      await insertAttempt(tx, run, {
        number: attempt.number + 1,
        provider: attempt.provider,
        priority: step?.priority ?? 0,
        delayMs,
      });
      await moveRun(tx, run.id, {
        to: "Queued",
        attemptId: attempt.id,
        reason: words,
        set: { startedAt: null },
      });
    }
  });
}

/**
 * Literal inputs become parameters at the end, where the script did not log one of that name: a parameter is written once,
 * and a script that logs `0.1` for the input `0.10` must not fail for it.
 */
async function keepLiterals(tx: Queryable, runId: string): Promise<void> {
  await tx.execute(sql`
    insert into params (run_id, key, value)
    select run_id, name, coalesce(value, '') from run_ports
    where run_id = ${runId} and direction = 'input' and type = 'literal'
    on conflict do nothing`);
}

async function closeAttempt(
  tx: Queryable,
  id: string,
  outcome: string,
  exitCode: number | null,
): Promise<void> {
  await tx
    .update(attempts)
    .set({ state: "ended", outcome, exitCode, endedAt: new Date(), leaseOwner: null, leaseExpiresAt: null })
    .where(eq(attempts.id, id));
  await tx.delete(logChunks).where(eq(logChunks.attemptId, id));
}
