import { eq, sql } from "drizzle-orm";
import { attempts } from "#db/schema/index.ts";
import type { Services } from "#lib/services/services.ts";
import type { AttemptRow } from "./held-attempt.ts";

export const leaseSeconds = 5;

/** One claim at a time in the whole studio, so that counting slots and taking one are one act. */
const claimLock = 727_001_993;

/**
 * Takes the next attempt: one whose owner let its lease end, else the most urgent and oldest that waits while its target
 * and its provider have a slot. `capacity` names the providers that answer, each with how many runs it takes at once.
 */
export async function claimAttempt(
  services: Services,
  owner: string,
  capacity: ReadonlyMap<string, number>,
): Promise<AttemptRow | null> {
  if (capacity.size === 0) return null;
  const places = JSON.stringify(Object.fromEntries(capacity));
  return services.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${claimLock})`);
    const rows = await tx.execute<{ id: string }>(sql`
      update attempts set
        state = 'claimed',
        fence = fence + 1,
        lease_owner = ${owner},
        lease_expires_at = now() + make_interval(secs => ${leaseSeconds})
      where id = (
        select a.id
        from attempts a
        join runs r on r.id = a.run_id
        left join compute_targets t on t.workspace_id = a.workspace_id and t.name = r.compute
        where (${places}::jsonb) ? a.provider
          and (
            (a.state = 'claimed' and a.lease_expires_at < now())
            or (
              a.state = 'queued' and coalesce(a.not_before, now()) <= now()
              and (
                select count(*) from attempts b join runs s on s.id = b.run_id
                where b.state = 'claimed' and b.workspace_id = a.workspace_id and s.compute = r.compute
              ) < coalesce(t.max_instances, 1)
              and (
                select count(*) from attempts b where b.state = 'claimed' and b.provider = a.provider
              ) < ((${places}::jsonb) ->> a.provider)::int
            )
          )
        order by (a.state = 'claimed') desc, a.priority desc, a.created_at, a.id
        limit 1
        for update of a skip locked
      )
      returning id`);
    const id = rows[0]?.id;
    if (!id) return null;
    const [attempt] = await tx.select().from(attempts).where(eq(attempts.id, id));
    return attempt ?? null;
  });
}
