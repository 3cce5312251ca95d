import { sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { invalid } from "#lib/core/errors.ts";
import { limits } from "../model.ts";

export interface Param {
  key: string;
  value: string;
}

/** Writes parameters once; the same value again is fine, another one is a 400 that names both. */
export async function logParams(
  db: Queryable,
  run: { id: string; name: string },
  params: readonly Param[],
): Promise<void> {
  if (params.length === 0) return;
  const sorted = params
    .map(({ key, value }) => ({ key, value: value.slice(0, limits.paramValueLength) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const keys = sql.param(sorted.map((param) => param.key));
  const values = sql.param(sorted.map((param) => param.value));
  await db.execute(sql`
    insert into params (run_id, key, value)
    select ${run.id}, key, value from unnest(${keys}::text[], ${values}::text[]) as t (key, value)
    on conflict do nothing
  `);
  const [changed] = await db.execute<{ key: string; old: string; new: string }>(sql`
    select p.key, p.value as old, t.value as new
    from unnest(${keys}::text[], ${values}::text[]) as t (key, value)
    join params p on p.run_id = ${run.id} and p.key = t.key and p.value <> t.value
    limit 1
  `);
  if (changed) {
    throw invalid(
      "params",
      `Changing param values is not allowed. Param with key='${changed.key}' was already logged with value='${changed.old}' for run ID='${run.name}'. Attempted logging new value '${changed.new}'.`,
    );
  }
}
