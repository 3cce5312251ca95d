import { and, asc, eq, gte } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { logChunks } from "#db/schema/index.ts";

export interface LogChunk {
  offsetBytes: number;
  content: Buffer;
  at: Date;
}

const pageSize = 32;

/** The stored pieces of a running attempt's log, in order, from the one that starts at `offset`. */
export async function* readChunks(db: Queryable, attemptId: string, offset = 0): AsyncGenerator<LogChunk> {
  let from = offset;
  for (;;) {
    const rows = await db
      .select({ offsetBytes: logChunks.offsetBytes, content: logChunks.content, at: logChunks.at })
      .from(logChunks)
      .where(and(eq(logChunks.attemptId, attemptId), gte(logChunks.offsetBytes, from)))
      .orderBy(asc(logChunks.offsetBytes))
      .limit(pageSize);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return;
    from = last.offsetBytes + 1;
  }
}
