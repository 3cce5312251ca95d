import { and, asc, desc, eq, lte } from "drizzle-orm";
import { attempts, logChunks } from "#db/schema/index.ts";
import { isAppError } from "#lib/core/errors.ts";
import { sleep } from "#lib/core/time.ts";
import type { FileServices } from "#lib/files/commands.ts";
import type { AttemptRow } from "../queries/get-run.ts";
import type { RunRow } from "../transition.ts";
import { readChunks } from "./chunks.ts";
import { logKey, logMarksKey } from "./keys.ts";
import { type LogMark, thinMarks } from "./marks.ts";

const pollMs = 200;

/** A piece of a log. `at` is when it was written, where that is known. */
export interface LogPart {
  offset: number;
  content: Buffer;
  at: number | null;
}

export interface LogInfo {
  sizeBytes: number;
  complete: boolean;
  marks: LogMark[];
}

function ownerOf(run: RunRow, attempt: AttemptRow) {
  return { workspaceId: run.workspaceId, runName: run.name, attempt };
}

async function refresh(services: FileServices, attempt: AttemptRow): Promise<AttemptRow> {
  const [row] = await services.db.select().from(attempts).where(eq(attempts.id, attempt.id));
  return row ?? attempt;
}

export async function readLogInfo(
  services: FileServices,
  run: RunRow,
  attempt: AttemptRow,
): Promise<LogInfo> {
  const { state, logSizeBytes } = attempt;
  if (state === "ended")
    return { sizeBytes: logSizeBytes, complete: true, marks: await keptMarks(services, run, attempt) };
  const rows = await services.db
    .select({ offset: logChunks.offsetBytes, at: logChunks.at })
    .from(logChunks)
    .where(eq(logChunks.attemptId, attempt.id))
    .orderBy(asc(logChunks.offsetBytes));
  const marks = rows.map(({ offset, at }): LogMark => [offset, at.getTime()]);
  return { sizeBytes: logSizeBytes, complete: false, marks: thinMarks(marks) };
}

async function keptMarks(services: FileServices, run: RunRow, attempt: AttemptRow): Promise<LogMark[]> {
  try {
    const { body } = await services.store.get(logMarksKey(ownerOf(run, attempt)));
    return JSON.parse(Buffer.concat(await body.toArray()).toString("utf8")) as LogMark[];
  } catch (error) {
    // A log without marks shows without times.
    if (isAppError(error) && error.code === "NOT_FOUND") return [];
    throw error;
  }
}

/** The bytes of a log from an offset to its present end, in parts. The log of an ended attempt is a file of the store. */
export async function* readLog(
  services: FileServices,
  run: RunRow,
  attempt: AttemptRow,
  offset: number,
): AsyncGenerator<LogPart> {
  if (attempt.state !== "ended") {
    yield* readLive(services, attempt.id, offset);
    return;
  }
  if (offset >= attempt.logSizeBytes) return;
  const { body } = await services.store.get(logKey(ownerOf(run, attempt)), { start: offset });
  let at = offset;
  for await (const chunk of body) {
    const content = Buffer.from(chunk as Uint8Array);
    yield { offset: at, content, at: null };
    at += content.length;
  }
}

async function* readLive(services: FileServices, attemptId: string, offset: number): AsyncGenerator<LogPart> {
  const [first] = await services.db
    .select({ offset: logChunks.offsetBytes })
    .from(logChunks)
    .where(and(eq(logChunks.attemptId, attemptId), lte(logChunks.offsetBytes, offset)))
    .orderBy(desc(logChunks.offsetBytes))
    .limit(1);
  for await (const chunk of readChunks(services.db, attemptId, first?.offset ?? 0)) {
    const skip = Math.max(0, offset - chunk.offsetBytes);
    if (skip >= chunk.content.length) continue;
    const content = chunk.content.subarray(skip);
    yield { offset: chunk.offsetBytes + skip, content, at: chunk.at.getTime() };
  }
}

/**
 * Follows a log from an offset until its attempt has ended and everything was given: from the database while it runs,
 * from the store afterwards, without a gap or a byte twice. Ends quietly when the signal aborts.
 */
export async function* followLog(
  services: FileServices,
  run: RunRow,
  attempt: AttemptRow,
  offset: number,
  signal: AbortSignal,
): AsyncGenerator<LogPart> {
  let at = offset;
  while (!signal.aborted) {
    // Looked at before reading: an attempt that had ended by then has its whole log in the store.
    const now = await refresh(services, attempt);
    for await (const part of readLog(services, run, now, at)) {
      // Pieces are removed when the attempt ends; one that does not follow is read again, from the store.
      if (part.offset !== at) break;
      if (signal.aborted) return;
      yield part;
      at += part.content.length;
    }
    if (now.state === "ended") return;
    await sleep(pollMs, signal);
  }
}

/** The bytes from an offset to the present end, also when the attempt ends while they are read. */
export async function* readLogOnce(
  services: FileServices,
  run: RunRow,
  attempt: AttemptRow,
  offset: number,
): AsyncGenerator<LogPart> {
  let at = offset;
  let before = await refresh(services, attempt);
  for (;;) {
    for await (const part of readLog(services, run, before, at)) {
      if (part.offset !== at) break;
      yield part;
      at += part.content.length;
    }
    const after = await refresh(services, attempt);
    if (after.state === before.state) return;
    before = after;
  }
}
