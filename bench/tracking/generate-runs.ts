import type { Sql } from "postgres";

/** What a workspace of a busy year looks like: many runs, each with ten metrics, ten parameters and a tag. */
export async function generateRuns(sql: Sql, workspaceId: string, count: number): Promise<void> {
  await sql`
    insert into experiments (workspace_id, number, name)
    select ${workspaceId}, n, 'experiment ' || n from generate_series(1, 20) n`;
  const chunk = 10_000;
  for (let from = 1; from <= count; from += chunk) {
    await generateChunk(sql, workspaceId, from, Math.min(count, from + chunk - 1));
  }
  for (const table of ["runs", "latest_metrics", "params", "run_tags", "experiments"]) {
    await sql`analyze ${sql(table)}`;
  }
}

async function generateChunk(sql: Sql, workspaceId: string, from: number, to: number): Promise<void> {
  await sql`
    insert into runs (id, workspace_id, name, display_name, experiment_number, type, status, origin, root_run_id,
      user_name, created_at, started_at, ended_at)
    select 'run_' || lpad(n::text, 12, '0'), ${workspaceId}, 'quiet_ridge_' || lpad(n::text, 10, '0'), 'lgbm-' || n, n % 20 + 1,
      'command', case when n % 10 = 0 then 'Failed' else 'Completed' end, 'studio', 'run_' || lpad(n::text, 12, '0'), 'Ada',
      now() - make_interval(mins => n::int), now() - make_interval(mins => n::int),
      now() - make_interval(mins => n::int) + make_interval(secs => n::int % 600)
    from generate_series(${from}::int, ${to}::int) n`;
  await sql`
    insert into latest_metrics (run_id, key, step, timestamp, value)
    select 'run_' || lpad(n::text, 12, '0'), key, 100, 1700000000000 + n, 0.5 + 0.5 * ((n * (7919 + length(key))) % 100003) / 100003.0
    from generate_series(${from}::int, ${to}::int) n,
      unnest(array['auc', 'loss', 'f1_score', 'precision_', 'recall_____', 'train_auc___', 'train_loss___', 'epoch_________',
        'lr_____________', 'seconds_________']) key
    where n % 7 > 0 or key <> 'auc'`;
  await sql`
    insert into params (run_id, key, value)
    select 'run_' || lpad(n::text, 12, '0'), 'p' || k, (n * k % 97)::text
    from generate_series(${from}::int, ${to}::int) n, generate_series(1, 10) k`;
  await sql`
    insert into run_tags (run_id, key, value)
    select 'run_' || lpad(n::text, 12, '0'), 'leak', case when n % 50 = 0 then 'yes' else 'no' end
    from generate_series(${from}::int, ${to}::int) n`;
}
