import { isAppError, messageOf } from "#lib/core/errors.ts";
import { withTimeout } from "#lib/core/time.ts";
import type { Services } from "#lib/services/services.ts";

export interface PartHealth {
  ready: boolean;
  reason?: string;
}

async function check(probe: () => Promise<unknown>): Promise<PartHealth> {
  try {
    await withTimeout(2000, (signal) =>
      Promise.race([
        probe(),
        new Promise((_, reject) =>
          signal.addEventListener("abort", () => reject(new Error("no answer within 2 s"))),
        ),
      ]),
    );
    return { ready: true };
  } catch (error) {
    return { ready: false, reason: isAppError(error) ? error.userMessage : messageOf(error) };
  }
}

/** Each part by name. `runner` counts as ready when it reported within the last 15 s. */
export async function readHealth(services: Services): Promise<Record<string, PartHealth>> {
  const [database, store, runner] = await Promise.all([
    check(() => services.sql`select 1`),
    check(() => services.store.head("health")),
    check(async () => {
      const [row] =
        await services.sql`select 1 from compute_status where seen_at > now() - interval '15 seconds' limit 1`;
      if (!row) throw new Error("has not reported for 15 s");
    }),
  ]);
  return { database, store, runner };
}
