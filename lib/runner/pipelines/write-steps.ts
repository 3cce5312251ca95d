import { type SQL, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { attempts, outbox, runPorts } from "#db/schema/index.ts";
import { isValueType } from "#lib/components/model.ts";
import { newId } from "#lib/core/ids.ts";
import { outboxChannel } from "#lib/live/outbox.ts";
import type { PlanNode } from "#lib/pipelines/model.ts";
import { type RunRow, wakeRunner } from "#lib/runs/transition.ts";
import type { Reusable } from "./find-reusable.ts";
import type { StepRow } from "./read-steps.ts";
import type { StepSources } from "./step-key.ts";

type Parent = Pick<RunRow, "id" | "name" | "workspaceId" | "canceledBy">;

export interface ReadyStep {
  node: PlanNode;
  step: StepRow;
  key: string | null;
  sources: StepSources;
}

/** The id under which the container of a step waits already, by the step's run. */
export type AttemptIds = (runId: string) => string | undefined;

const column = (values: (string | number | null)[]): SQL => sql`${sql.param(values)}`;

/** Gives ready steps their inputs and an attempt each. An attempt of the same number is never made twice. */
export async function startSteps(
  tx: Queryable,
  parent: Parent,
  ready: readonly ReadyStep[],
  attemptIdOf: AttemptIds,
): Promise<void> {
  if (ready.length === 0) return;
  await tx.execute(sql`
    update runs r set step_key = u.key, updated_at = now()
    from unnest(${column(ready.map(({ step }) => step.id))}::text[], ${column(ready.map(({ key }) => key))}::text[]) u(id, key)
    where r.id = u.id`);
  await writeInputs(tx, ready);
  await tx
    .insert(attempts)
    .values(
      ready.map(({ node, step }) => ({
        id: attemptIdOf(step.id) ?? newId("att"),
        runId: step.id,
        workspaceId: parent.workspaceId,
        number: step.attempts + 1,
        provider: node.provider,
        priority: node.priority,
      })),
    )
    .onConflictDoNothing();
  await wakeRunner(tx);
}

async function writeInputs(tx: Queryable, steps: readonly ReadyStep[]): Promise<void> {
  const ports = steps.flatMap(({ node, step, sources }) =>
    Object.entries(node.inputs).map(([name, { type, mode }]) => {
      const { uri = "", source = null, assetVersionId = null, value = null } = sources[name] ?? {};
      const port = { runId: step.id, direction: "input" as const, name, mode, uri, source, assetVersionId };
      return {
        ...port,
        ...(isValueType(type) ? { type: "literal", value: value ?? "" } : { type, value: null }),
      };
    }),
  );
  if (ports.length === 0) return;
  await tx
    .insert(runPorts)
    .values(ports)
    .onConflictDoUpdate({
      target: [runPorts.runId, runPorts.direction, runPorts.name],
      set: {
        source: sql`excluded.source`,
        value: sql`excluded.value`,
        assetVersionId: sql`excluded.asset_version_id`,
        uri: sql`excluded.uri`,
      },
    });
}

/** Completes steps with the outputs, metrics and words of runs that did the same work before. */
export async function reuseSteps(
  tx: Queryable,
  parent: Parent,
  reused: readonly (ReadyStep & { from: Reusable })[],
): Promise<void> {
  if (reused.length === 0) return;
  const ids = column(reused.map(({ step }) => step.id));
  const from = column(reused.map((item) => item.from.runId));
  const pairs = sql`unnest(${ids}::text[], ${from}::text[]) u(id, origin)`;
  await tx.execute(sql`
    update runs r set status = 'Completed', step_key = u.key, reused_run_id = u.origin, fact = u.fact,
      started_at = now(), ended_at = now(), updated_at = now()
    from unnest(${ids}::text[], ${from}::text[], ${column(reused.map(({ key }) => key))}::text[],
      ${column(reused.map((item) => item.from.fact))}::text[]) u(id, origin, key, fact)
    where r.id = u.id`);
  await writeInputs(tx, reused);
  await tx.execute(sql`
    insert into run_ports (run_id, direction, name, type, mode, source, asset_version_id, value, uri)
    select u.id, 'output', p.name, p.type, p.mode, p.source, p.asset_version_id, p.value,
      'azureml://jobs/' || r.name || '/outputs/' || p.name || '/paths/'
    from ${pairs} join run_ports p on p.run_id = u.origin and p.direction = 'output' join runs r on r.id = u.id
    on conflict (run_id, direction, name) do update
    set source = excluded.source, asset_version_id = excluded.asset_version_id, value = excluded.value`);
  for (const table of ["metrics", "latest_metrics"]) {
    await tx.execute(sql`
      insert into ${sql.identifier(table)} (run_id, key, step, "timestamp", value, is_nan)
      select u.id, m.key, m.step, m."timestamp", m.value, m.is_nan
      from ${pairs} join ${sql.identifier(table)} m on m.run_id = u.origin on conflict do nothing`);
  }
  await tx.execute(sql`
    insert into run_tags (run_id, key, value)
    select u.id, t.key, t.value from
      unnest(${ids}::text[], ${column(reused.map((item) => item.from.runName))}::text[]) u(id, origin),
      lateral (values ('azureml.isreused', 'true'), ('azureml.reusedrunid', u.origin)) t(key, value)
    on conflict do nothing`);
  await noteSteps(
    tx,
    parent,
    reused.map((item) => ({ ...item.step, reason: `Reused from ${item.from.runName}` })),
    "Completed",
  );
}

/** Ends steps that will not run. Those that a runner took in this moment are left to it, and not returned. */
export async function dropSteps(
  tx: Queryable,
  parent: Parent,
  dropped: readonly { step: StepRow; reason: string }[],
): Promise<StepRow[]> {
  if (dropped.length === 0) return [];
  const waiting = dropped.filter(({ step }) => step.attempt === "queued").map(({ step }) => step.id);
  const rows =
    waiting.length === 0
      ? []
      : await tx.execute<{ run_id: string }>(sql`
          update attempts set state = 'ended', outcome = 'Canceled', ended_at = now()
          where run_id = any(${column(waiting)}::text[]) and state = 'queued' returning run_id`);
  const ended = new Set(rows.map((row) => row.run_id));
  const free = dropped.filter(({ step }) => step.attempt === null || ended.has(step.id));
  if (free.length === 0) return [];
  await tx.execute(sql`
    update runs set status = 'Canceled', ended_at = now(), updated_at = now(), canceled_by = ${parent.canceledBy}
    where id = any(${column(free.map(({ step }) => step.id))}::text[])`);
  await noteSteps(
    tx,
    parent,
    free.map(({ step, reason }) => ({ ...step, reason })),
    "Canceled",
  );
  return free.map(({ step }) => step);
}

/** Asks the runners of steps to end them. */
export async function stopSteps(tx: Queryable, parent: Parent, steps: readonly StepRow[]): Promise<void> {
  const going = steps.filter(({ status }) => status !== "CancelRequested");
  if (going.length === 0) return;
  await tx.execute(sql`
    update runs set status = 'CancelRequested', cancel_requested_at = now(), updated_at = now(),
      canceled_by = ${parent.canceledBy}
    where id = any(${column(going.map(({ id }) => id))}::text[])`);
  const reason = "The pipeline was canceled.";
  await noteSteps(
    tx,
    parent,
    going.map((step) => ({ ...step, reason })),
    "CancelRequested",
  );
  await wakeRunner(tx);
}

async function noteSteps(
  tx: Queryable,
  parent: Parent,
  steps: readonly { id: string; name: string; reason: string }[],
  status: string,
): Promise<void> {
  await tx.execute(sql`
    insert into run_events (run_id, event, reason)
    select id, ${status}, reason
    from unnest(${column(steps.map(({ id }) => id))}::text[], ${column(steps.map(({ reason }) => reason))}::text[]) u(id, reason)`);
  const { workspaceId, name: root } = parent;
  await tx
    .insert(outbox)
    .values([
      ...steps.map(({ name }) => ({ workspaceId, kind: "run", name, event: "status", data: { status } })),
      { workspaceId, kind: "run", name: root, event: "updated", data: {} },
    ]);
  await tx.execute(sql`select pg_notify(${outboxChannel}, '')`);
}
