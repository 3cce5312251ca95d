import { inArray, sql } from "drizzle-orm";
import { attempts, outbox, previews } from "#db/schema/index.ts";
import type { ComputeItem, ComputeProvider } from "#lib/compute/port.ts";
import { isAway, messageOf } from "#lib/core/errors.ts";
import type { Services } from "#lib/services/services.ts";
import { attemptLabel, preparedLabel, previewLabel, runLabel, studioLabel } from "./labels.ts";

/** An attempt that has just ended is removed by its own owner. */
const ownerTime = sql`now() - interval '15 seconds'`;

const preparedMs = 90_000;

/** Removes what still lies at the providers of attempts that have ended: their owner died before it could. */
export async function removeOrphans(
  services: Services,
  providers: ReadonlyMap<string, ComputeProvider>,
  studioId: string,
): Promise<number> {
  let removed = 0;
  for (const [name, provider] of providers) {
    try {
      const all = await provider.list({ [studioLabel]: studioId });
      removed += await removeOldPreviews(services, provider, all);
      const items = all.filter((item) => item.labels[runLabel]);
      const ids = items.map((item) => item.labels[attemptLabel] ?? "");
      if (ids.length === 0) continue;
      const rows = await services.db
        .select({ id: attempts.id, live: sql<boolean>`(state <> 'ended' or ended_at > ${ownerTime})` })
        .from(attempts)
        .where(inArray(attempts.id, ids));
      const live = new Set(rows.filter((row) => row.live).map((row) => row.id));
      for (const item of items) {
        if (live.has(item.labels[attemptLabel] ?? "")) continue;
        // Started ahead of its attempt; whoever did so takes it away when nothing comes of it.
        if (Date.now() - Number(item.labels[preparedLabel] ?? 0) < preparedMs) continue;
        await provider.remove(item.handle);
        removed += 1;
        services.logger.info(
          { provider: name, run: item.labels[runLabel] },
          "removed what a run left behind",
        );
      }
    } catch (error) {
      // Compute that is away is told of where people look, and every look here would tell it again.
      services.logger[isAway(error) ? "debug" : "warn"](`clean-up at ${name}: ${messageOf(error)}`);
    }
  }
  return removed;
}

/** Programs of previews that nobody computes any more. */
async function removeOldPreviews(
  { db }: Services,
  provider: ComputeProvider,
  items: readonly ComputeItem[],
): Promise<number> {
  const ours = items.filter((item) => item.labels[previewLabel]);
  if (ours.length === 0) return 0;
  const open = await db
    .select({ name: sql<string>`${previews.workspaceId} || ' ' || ${previews.key}` })
    .from(previews)
    .where(inArray(previews.status, ["queued", "running"]));
  const live = new Set(open.map(({ name }) => name));
  const old = ours.filter((item) => !live.has(item.labels[previewLabel] ?? ""));
  for (const { handle } of old) await provider.remove(handle);
  return old.length;
}

/** Forgets live events after a day; nobody resumes a stream from before. */
export async function trimOutbox(services: Services): Promise<void> {
  await services.db.delete(outbox).where(sql`${outbox.createdAt} < now() - interval '24 hours'`);
}
