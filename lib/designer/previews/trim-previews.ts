import { sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { previewSteps, previews } from "#db/schema/index.ts";

const keptDays = 7;
const keptBytes = 64 * 1024 * 1024;
const keptSteps = 5000;

/** Forgets previews that nobody looked at for a week, and the longest unused of a workspace that has very many. */
export async function trimPreviews(db: Queryable): Promise<void> {
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
}
