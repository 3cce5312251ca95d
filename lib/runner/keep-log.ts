import { desc, eq } from "drizzle-orm";
import { logChunks } from "#db/schema/index.ts";
import { readChunks } from "#lib/runs/log/chunks.ts";
import { logKey, logMarksKey } from "#lib/runs/log/keys.ts";
import { type LogMark, thinMarks } from "#lib/runs/log/marks.ts";
import { checkHeld, type HeldAttempt } from "./held-attempt.ts";

/**
 * Copies the whole log of an attempt into the store, as one file and its marks. The pieces go with the attempt's end.
 * Throws `LeaseLost` for a stale owner.
 */
export async function keepLog(held: HeldAttempt, outcome: string): Promise<void> {
  const { services, run, attempt } = held;
  const { logSizeBytes: size } = await checkHeld(held);
  // Readers know by the size that there is nothing to look for; most steps of a pipeline say nothing.
  if (size === 0 && held.step !== null) return;
  const owner = { workspaceId: run.workspaceId, runName: run.name, attempt: { ...attempt, outcome } };
  const marks: LogMark[] = [];
  async function* bytes() {
    for await (const chunk of readChunks(services.db, attempt.id)) {
      marks.push([chunk.offsetBytes, chunk.at.getTime()]);
      yield chunk.content;
    }
  }
  await services.store.put(logKey(owner), bytes(), { size, contentType: "text/plain; charset=utf-8" });
  await services.store.put(logMarksKey(owner), Buffer.from(JSON.stringify(thinMarks(marks))), {
    contentType: "application/json",
  });
}

/** The end of the log as text, for the reason of a failure. */
export async function readLogTail(held: HeldAttempt): Promise<string> {
  const rows = await held.services.db
    .select({ content: logChunks.content })
    .from(logChunks)
    .where(eq(logChunks.attemptId, held.attempt.id))
    .orderBy(desc(logChunks.offsetBytes))
    .limit(4);
  return Buffer.concat(rows.reverse().map((row) => row.content))
    .subarray(-8192)
    .toString("utf8");
}
