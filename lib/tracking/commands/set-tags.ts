import { and, eq, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { runs, runTags } from "#db/schema/index.ts";
import { invalid } from "#lib/core/errors.ts";
import { limits } from "../model.ts";
import { findRunByName, type Run } from "../queries/runs.ts";
import { isColumnTag, parentTag } from "../tags.ts";

export interface Tag {
  key: string;
  value: string;
}

/** Writes tags of a run; the last write of a key wins. Those that stand for a column change the column. */
export async function setTags(db: Queryable, run: Run, tags: readonly Tag[]): Promise<void> {
  const last = new Map(tags.map(({ key, value }) => [key, value.slice(0, limits.tagValueLength)]));
  await setColumns(db, run, last);
  const stored = [...last].filter(([key]) => !isColumnTag(key)).sort(([a], [b]) => (a < b ? -1 : 1));
  if (stored.length === 0) return;
  const keys = sql.param(stored.map(([key]) => key));
  const values = sql.param(stored.map(([, value]) => value));
  await db.execute(sql`
    insert into run_tags (run_id, key, value)
    select ${run.id}, key, value from unnest(${keys}::text[], ${values}::text[]) as t (key, value)
    on conflict (run_id, key) do update set value = excluded.value where run_tags.value <> excluded.value
  `);
}

async function setColumns(db: Queryable, run: Run, tags: Map<string, string>): Promise<void> {
  const displayName = tags.get("mlflow.runName");
  const description = tags.get("mlflow.note.content");
  const parentName = tags.get(parentTag);
  if (displayName === "") throw invalid("value", "The run's name must not be empty.");
  const parent = parentName ? await findParent(db, run, parentName) : null;
  if (displayName === undefined && description === undefined && !parent) return;
  await db
    .update(runs)
    .set({
      updatedAt: new Date(),
      ...(displayName === undefined ? {} : { displayName }),
      ...(description === undefined ? {} : { description }),
      ...(parent ? { parentRunId: parent.id, rootRunId: parent.rootRunId } : {}),
    })
    .where(eq(runs.id, run.id));
}

/** The run named as parent, unless that would close a circle. */
async function findParent(db: Queryable, run: Run, name: string): Promise<Run | null> {
  const parent = await findRunByName(db, run.workspaceId, name);
  return parent && parent.rootRunId !== run.id ? parent : null;
}

/** Removes a tag; false when the run has none of that key. */
export async function deleteTag(db: Queryable, run: Run, key: string): Promise<boolean> {
  if (key === "mlflow.note.content") {
    await db.update(runs).set({ description: "", updatedAt: new Date() }).where(eq(runs.id, run.id));
    return run.description !== "";
  }
  const gone = await db
    .delete(runTags)
    .where(and(eq(runTags.runId, run.id), eq(runTags.key, key)))
    .returning({ key: runTags.key });
  return gone.length > 0;
}
