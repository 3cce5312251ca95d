import { and, eq, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { previews } from "#db/schema/index.ts";
import { messageOf } from "#lib/core/errors.ts";
import { publish } from "#lib/live/outbox.ts";
import type { Services } from "#lib/services/services.ts";
import type { PreviewProgress } from "../model.ts";
import type { StepFollower } from "./compute-steps.ts";
import { heavyPreviewTask, previewTask } from "./task.ts";

/** What takes less is not told: on a warm worker most previews are there before. */
const firstMs = 400;
const everyMs = 500;

type Told = Partial<Omit<PreviewProgress, "since">> & Pick<PreviewProgress, "phase">;

export interface ProgressReporter extends StepFollower {
  tell(progress: Told): void;
  stop(): void;
}

/** Writes how far a preview is, now and then, and tells the pages that wait for it. */
export function reportProgress(
  services: Services,
  asked: { workspaceId: string; key: string },
): ProgressReporter {
  let latest: Told = { phase: "starting" };
  let told: Told | null = null;
  const write = () => {
    if (told === latest) return;
    told = latest;
    const progress = latest;
    services.db
      .transaction(async (tx) => {
        const rows = await tx
          .update(previews)
          .set({ progress })
          .where(
            and(
              eq(previews.workspaceId, asked.workspaceId),
              eq(previews.key, asked.key),
              eq(previews.status, "running"),
            ),
          )
          .returning({ key: previews.key });
        if (rows.length === 0) return;
        const { workspaceId, key: name } = asked;
        await publish(tx, { workspaceId, kind: "preview", name, event: "progress" });
      })
      .catch((error: unknown) => services.logger.warn(`preview ${asked.key}: ${messageOf(error)}`));
  };
  let every: ReturnType<typeof setInterval> | undefined;
  const first = setTimeout(() => {
    write();
    every = setInterval(write, everyMs);
  }, firstMs);
  const tell = (progress: Told) => {
    latest = progress;
  };
  return {
    tell,
    onStep(node, step, steps) {
      tell({ phase: "computing", node, step, steps });
    },
    onProgress(node, { done, of, unit }) {
      const count = done.toLocaleString("en-US");
      const text = of === null ? count : `${count} of ${of.toLocaleString("en-US")}`;
      tell({ ...latest, phase: "computing", node, detail: `${text} ${unit}`.trim() });
    },
    onSaid(node, text) {
      tell({ ...latest, phase: "computing", node, detail: text });
    },
    stop() {
      clearTimeout(first);
      clearInterval(every);
    },
  };
}

/** How many previews of its kind, heavy or not, are computed before this one or will be. */
export async function countAhead(db: Queryable, workspaceId: string, key: string): Promise<number> {
  const [row] = await db.execute<{ ahead: number }>(sql`
    with mine as (
      select m.kind, m.created_at from tasks m
      where m.kind in (${previewTask}, ${heavyPreviewTask}) and m.status in ('queued', 'running')
        and m.payload->>'workspaceId' = ${workspaceId} and m.payload->>'key' = ${key}
      order by m.created_at desc limit 1)
    select count(*)::int as ahead from tasks t join mine on mine.kind = t.kind
    where t.status in ('queued', 'running') and t.created_at < mine.created_at
      and exists (
        select 1 from ${previews} p
        where p.workspace_id = t.payload->>'workspaceId' and p.key = t.payload->>'key'
          and p.status in ('queued', 'running'))`);
  return row?.ahead ?? 0;
}
