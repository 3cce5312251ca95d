import { and, eq, inArray, ne } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { previews } from "#db/schema/index.ts";
import { publish } from "#lib/live/outbox.ts";
import type { PreviewPlan } from "./plan-preview.ts";

/** What the same draft asked of the same port before is not needed any more. */
export async function cancelEarlier(
  tx: Queryable,
  workspaceId: string,
  draftId: string,
  { node, port }: PreviewPlan,
  key: string,
): Promise<void> {
  const gone = await tx
    .update(previews)
    .set({ status: "canceled", finishedAt: new Date(), plan: null })
    .where(
      and(
        eq(previews.workspaceId, workspaceId),
        eq(previews.draftId, draftId),
        eq(previews.node, node),
        eq(previews.port, port),
        ne(previews.key, key),
        inArray(previews.status, ["queued", "running"]),
      ),
    )
    .returning({ key: previews.key });
  for (const { key: name } of gone)
    await publish(tx, { workspaceId, kind: "preview", name, event: "canceled" });
}

/** Somebody does not want to wait for a preview any more; whoever asks again gets it computed anew. */
export async function cancelPreview(db: Queryable, workspaceId: string, key: string): Promise<void> {
  const gone = await db
    .update(previews)
    .set({ status: "canceled", finishedAt: new Date(), plan: null, progress: null })
    .where(
      and(
        eq(previews.workspaceId, workspaceId),
        eq(previews.key, key),
        inArray(previews.status, ["queued", "running"]),
      ),
    )
    .returning({ key: previews.key });
  if (gone.length > 0) await publish(db, { workspaceId, kind: "preview", name: key, event: "canceled" });
}
