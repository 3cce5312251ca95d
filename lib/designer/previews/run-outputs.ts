import { sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import type { AssetSource } from "#db/schema/index.ts";
import { canonicalJson } from "#lib/core/canonical.ts";

export interface RunOutput {
  source: AssetSource;
  /** Equal for equal contents. */
  content: string;
  /** The step's own run. */
  stepRun: string;
  endedAt: number | null;
  fact: string | null;
}

/** What the completed steps of a pipeline run gave, by `<node>/<port>`. */
export async function findRunOutputs(
  db: Queryable,
  workspaceId: string,
  run: string,
): Promise<Map<string, RunOutput>> {
  const rows = await db.execute<{
    node: string;
    port: string;
    source: AssetSource;
    step_run: string;
    ended_at: string | null;
    fact: string | null;
  }>(sql`
    select c.node_name as node, p.name as port, p.source, c.name as step_run, c.ended_at, c.fact
    from runs r
    join runs c on c.parent_run_id = r.id and c.status = 'Completed' and c.node_name is not null
    join run_ports p on p.run_id = c.id and p.direction = 'output' and p.source is not null
    where r.workspace_id = ${workspaceId} and r.name = ${run} and r.deleted_at is null`);
  return new Map(
    rows.map(({ node, port, source, step_run: stepRun, ended_at, fact }): [string, RunOutput] => [
      `${node}/${port}`,
      {
        source,
        content: canonicalJson(source),
        stepRun,
        endedAt: ended_at === null ? null : new Date(ended_at).getTime(),
        fact,
      },
    ]),
  );
}
