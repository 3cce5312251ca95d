import { and, eq, inArray, ne, type SQL } from "drizzle-orm";
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
  const { draftId: draft, node: step, port: output, key: name } = previews;
  await cancel(tx, workspaceId, [eq(draft, draftId), eq(step, node), eq(output, port), ne(name, key)]);
}

/** Somebody does not want to wait for a preview any more; whoever asks again gets it computed anew. */
export async function cancelPreview(db: Queryable, workspaceId: string, key: string): Promise<void> {
  await cancel(db, workspaceId, [eq(previews.key, key)]);
}

async function cancel(db: Queryable, workspaceId: string, which: SQL[]): Promise<void> {
  const open = inArray(previews.status, ["queued", "running"]);
  const gone = await db
    .update(previews)
    .set({ status: "canceled", finishedAt: new Date(), plan: null, progress: null })
    .where(and(eq(previews.workspaceId, workspaceId), open, ...which))
    .returning({ key: previews.key });
  for (const { key: name } of gone)
    await publish(db, { workspaceId, kind: "preview", name, event: "canceled" });
}
