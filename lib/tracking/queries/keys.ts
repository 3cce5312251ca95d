import { sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import type { LoggedKey } from "../contract.ts";

const newestRuns = 5000;
const mostKeys = 500;

/** Which metrics, parameters and tags the newest runs of a workspace have, the most frequent first. */
export async function listLoggedKeys(db: Queryable, workspaceId: string): Promise<LoggedKey[]> {
  const rows = await db.execute<{ kind: LoggedKey["kind"]; key: string; count: number }>(sql`
    with newest as (
      select id from runs
      where workspace_id = ${workspaceId} and deleted_at is null
      order by created_at desc limit ${newestRuns}
    ), found as (
      select 'metrics' as kind, key from latest_metrics join newest on newest.id = run_id
      union all select 'params', key from params join newest on newest.id = run_id
      union all select 'tags', key from run_tags join newest on newest.id = run_id where key not like 'mlflow.%'
    )
    select kind, key, count(*)::int as count from found
    group by kind, key order by kind, count desc, key limit ${mostKeys}`);
  return rows.map(({ kind, key, count }) => ({ kind, key, runCount: count }));
}
