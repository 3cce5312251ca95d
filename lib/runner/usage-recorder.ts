import type { ComputeHandle, UsageSample } from "#lib/compute/port.ts";
import { messageOf } from "#lib/core/errors.ts";
import { sleep } from "#lib/core/time.ts";
import { publish } from "#lib/live/outbox.ts";
import type { HeldAttempt } from "./held-attempt.ts";

/** Samples, of which there is about one a second. */
const storeEvery = 3;

const quietMs = 500;

/** Stores what the program uses until the signal aborts. Samples are for looking at: losing some stops nothing. */
export async function recordUsage(
  held: HeldAttempt,
  handle: ComputeHandle,
  signal: AbortSignal,
): Promise<void> {
  let waiting: UsageSample[] = [];
  // Asking costs the engine something, and what ends at once has nothing to show.
  await sleep(quietMs, signal);
  if (signal.aborted) return;
  try {
    for await (const sample of held.provider.usage(handle, signal)) {
      waiting.push(sample);
      if (waiting.length < storeEvery) continue;
      const samples = waiting;
      waiting = [];
      await storeSamples(held, samples);
    }
    if (waiting.length > 0) await storeSamples(held, waiting);
  } catch (error) {
    if (!signal.aborted) held.services.logger.warn(`usage of ${held.run.name}: ${messageOf(error)}`);
  }
}

async function storeSamples({ services, attempt, run }: HeldAttempt, samples: UsageSample[]): Promise<void> {
  const { count } = await services.sql`
    insert into run_usage (attempt_id, at, cpu_percent, memory_mib)
    select a.id, u.at, u.cpu, u.memory
    from attempts a, unnest(
      ${samples.map((sample) => sample.at.toISOString())}::text[]::timestamptz[],
      ${samples.map((sample) => sample.cpuPercent)}::float8[],
      ${samples.map((sample) => sample.memoryMib)}::float8[]
    ) u(at, cpu, memory)
    where a.id = ${attempt.id} and a.fence = ${attempt.fence} and a.state = 'claimed'
    on conflict do nothing`;
  const { workspaceId, name } = run;
  if (count > 0) await publish(services.db, { workspaceId, kind: "run", name, event: "usage" });
}
