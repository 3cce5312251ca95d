import { sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { blobs, previewSteps, previews, trees } from "#db/schema/index.ts";
import type { FileServices } from "#lib/files/commands.ts";
import { blobKey } from "#lib/files/keys.ts";
import type { Services } from "#lib/services/services.ts";

const keptDays = 7;
const keptBytes = 64 * 1024 * 1024;
const keptSteps = 5000;
/** A folder that was just made belongs to a step that is not noted yet. */
const restMinutes = 60;
/** How many files go in one transaction; their rows are locked meanwhile. */
const batch = 100;

/**
 * Forgets previews that nobody looked at for a week, and the longest unused of a workspace that has very many; then
 * removes the files that were made for them alone.
 */
export async function trimPreviews(services: Pick<Services, "db" | "store">): Promise<void> {
  const { db } = services;
  await db.execute(sql`
    delete from ${previews} p using (
      select workspace_id, key, used_at,
        sum(result_bytes) over (partition by workspace_id order by used_at desc, key) as total
      from ${previews} where status not in ('queued', 'running')
    ) o
    where p.workspace_id = o.workspace_id and p.key = o.key
      and (o.used_at < now() - make_interval(days => ${keptDays}) or o.total > ${keptBytes})`);
  await db.execute(sql`
    delete from ${previewSteps} s using (
      select workspace_id, key, used_at,
        row_number() over (partition by workspace_id order by used_at desc, key) as place
      from ${previewSteps}
    ) o
    where s.workspace_id = o.workspace_id and s.key = o.key
      and (o.used_at < now() - make_interval(days => ${keptDays}) or o.place > ${keptSteps})`);
  await removeTrees(db);
  while ((await removeBlobs(services)) === batch);
}

/** Folders that only previews made and that no kept step names. */
async function removeTrees(db: Queryable): Promise<void> {
  await db.execute(sql`
    delete from ${trees} t
    where t.transient_at < now() - make_interval(mins => ${restMinutes})
      and (t.workspace_id, t.digest) not in (
        select s.workspace_id, o.value from ${previewSteps} s, jsonb_each_text(s.outputs) o)`);
}

/**
 * Files that only previews stored and that are in none of their folders any more; how many. A row is locked until its
 * object is gone: whoever stores the same content meanwhile waits, finds nothing, and stores it anew.
 */
async function removeBlobs({ db, store }: FileServices): Promise<number> {
  return db.transaction(async (tx) => {
    const gone = await tx.execute<{ workspace_id: string; sha256: string }>(sql`
      select b.workspace_id, b.sha256 from ${blobs} b
      where b.transient_at < now() - make_interval(mins => ${restMinutes})
        and (b.workspace_id, b.sha256) not in (
          select t.workspace_id, f->>'sha256' from ${trees} t, jsonb_array_elements(t.files) f
          where t.transient_at is not null)
      limit ${batch} for update of b skip locked`);
    for (const { workspace_id, sha256 } of gone) {
      await store.delete(blobKey(workspace_id, sha256));
      await tx.execute(sql`delete from ${blobs} where workspace_id = ${workspace_id} and sha256 = ${sha256}`);
    }
    return gone.length;
  });
}
