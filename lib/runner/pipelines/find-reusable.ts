import { sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import type { AssetSource } from "#db/schema/index.ts";
import type { PortSource } from "./read-steps.ts";

export interface Reusable {
  runId: string;
  runName: string;
  fact: string | null;
  outputs: Map<string, PortSource>;
}

/** The newest run of the workspace for each key that did the work and is not deleted, with one statement. */
export async function findReusable(
  tx: Queryable,
  workspaceId: string,
  keys: string[],
): Promise<Map<string, Reusable>> {
  if (keys.length === 0) return new Map();
  const rows = await tx.execute<{
    key: string;
    id: string;
    name: string;
    fact: string | null;
    outputs:
      | { name: string; source: AssetSource; assetVersionId: string | null; value: string | null }[]
      | null;
  }>(sql`
    select distinct on (r.step_key) r.step_key as key, r.id, r.name, r.fact, (
      select jsonb_agg(jsonb_build_object(
        'name', p.name, 'source', p.source, 'assetVersionId', p.asset_version_id, 'value', p.value))
      from run_ports p where p.run_id = r.id and p.direction = 'output' and p.source is not null
    ) as outputs
    from runs r
    where r.workspace_id = ${workspaceId} and r.step_key = any(${sql.param(keys)}::text[])
      and r.status = 'Completed' and r.deleted_at is null and r.reused_run_id is null
    order by r.step_key, r.ended_at desc`);
  return new Map(
    rows.map(({ key, id, name, fact, outputs }) => [
      key,
      {
        runId: id,
        runName: name,
        fact,
        outputs: new Map((outputs ?? []).map((port): [string, PortSource] => [port.name, port])),
      },
    ]),
  );
}
