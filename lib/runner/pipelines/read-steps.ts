import { sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import type { AssetSource } from "#db/schema/index.ts";
import type { RunStatus } from "#lib/spec/statuses.ts";
import type { StepView } from "./decide.ts";

export interface StepRow extends StepView {
  id: string;
  name: string;
  nodeName: string;
  /** Attempts so far. */
  attempts: number;
}

export interface PortSource {
  source: AssetSource;
  assetVersionId: string | null;
  /** Of an output that is a value. */
  value?: string | null;
}

/** The outputs of steps: step → port → files. */
export type StepOutputs = Map<string, Map<string, PortSource>>;

/** The steps of a pipeline as they are now, by their name in it. */
export async function readSteps(tx: Queryable, parentId: string): Promise<Map<string, StepRow>> {
  const rows = await tx.execute<{
    id: string;
    name: string;
    node_name: string;
    status: RunStatus;
    attempt: StepView["attempt"];
    attempts: number;
  }>(sql`
    select r.id, r.name, r.node_name, r.status, a.attempt, coalesce(a.attempts, 0)::int as attempts
    from runs r
    left join (
      select run_id, max(number) as attempts, max(state) filter (where state <> 'ended') as attempt
      from attempts where run_id in (select id from runs where parent_run_id = ${parentId})
      group by run_id
    ) a on a.run_id = r.id
    where r.parent_run_id = ${parentId} and r.node_name is not null`);
  return new Map(rows.map(({ node_name: nodeName, ...row }) => [nodeName, { ...row, nodeName }]));
}

/** Adds the outputs of steps that have completed. */
export async function readOutputs(
  tx: Queryable,
  parentId: string,
  nodes: string[],
  outputs: StepOutputs,
): Promise<void> {
  const wanted = nodes.filter((name) => !outputs.has(name));
  if (wanted.length === 0) return;
  for (const name of wanted) outputs.set(name, new Map());
  const rows = await tx.execute<{
    node_name: string;
    name: string;
    source: AssetSource;
    asset_version_id: string | null;
    value: string | null;
  }>(sql`
    select r.node_name, p.name, p.source, p.asset_version_id, p.value
    from runs r join run_ports p on p.run_id = r.id and p.direction = 'output' and p.source is not null
    where r.parent_run_id = ${parentId} and r.node_name = any(${sql.param(wanted)}::text[])`);
  for (const { node_name, name, source, asset_version_id, value } of rows) {
    outputs.get(node_name)?.set(name, { source, assetVersionId: asset_version_id, value });
  }
}
