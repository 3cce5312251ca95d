import { hostname } from "node:os";
import { eq } from "drizzle-orm";
import { runs } from "#db/schema/index.ts";
import { messageOf } from "#lib/core/errors.ts";
import { randomText } from "#lib/core/ids.ts";
import { sleep } from "#lib/core/time.ts";
import { runEndpointsLoop } from "#lib/endpoints/reconcile/run-endpoints-loop.ts";
import { runTaskLoop } from "#lib/queue/loop.ts";
import { runsChannel } from "#lib/runs/transition.ts";
import { fireDueSchedules } from "#lib/schedules/fire.ts";
import type { Services } from "#lib/services/services.ts";
import { claimAttempt } from "./claim.ts";
import { removeOrphans, trimOutbox } from "./clean-up.ts";
import { ComputeWatch } from "./compute-watch.ts";
import { executeAttempt } from "./execute-attempt.ts";
import type { AttemptRow } from "./held-attempt.ts";
import { LeaseKeeper } from "./lease-keeper.ts";
import { noteQueue } from "./note-queue.ts";
import { Pipelines } from "./pipelines/pipelines.ts";
import { PreparedSteps } from "./pipelines/prepared-steps.ts";
import { createProviders, type Providers } from "./providers.ts";
import { readStudioId } from "./studio-id.ts";
import { createTaskHandlers } from "./task-handlers.ts";
import { WorkerPool } from "./workers/worker-pool.ts";

export interface Runner {
  /** Lets go of everything in order: no new claims, containers stay, leases end, loops return. */
  stop(): Promise<void>;
}

const pollMs = 1000;

/** Starts the loops of one runner. Any number of runners share the work through the database. */
export async function startRunner(
  services: Services,
  providers: Providers = createProviders(services.env),
): Promise<Runner> {
  const owner = `${hostname()}:${process.pid}:${randomText(6)}`;
  const stopping = new AbortController();
  const { signal } = stopping;
  const studioId = await readStudioId(services);
  const keeper = new LeaseKeeper(services, owner);
  const watch = new ComputeWatch(services, providers);
  const executing = new Set<Promise<void>>();
  const workers = new WorkerPool(services, providers, studioId);
  const pipelines = new Pipelines(services, (workspaceId, { environment, provider: type }) => {
    const provider = providers.get(type);
    if (!provider) return;
    workers.warm({ workspaceId, environment, provider }).catch((error: unknown) => {
      services.logger.warn(`worker: ${messageOf(error)}`);
    });
  });
  const prepared = new PreparedSteps(services, pipelines.plans, studioId);
  pipelines.takeAttemptIds((runId) => prepared.take(runId));
  await watch.look();
  keeper.start();

  let wake = new AbortController();
  const listening = await services.sql.listen(runsChannel, () => {
    wake.abort();
    void keeper.beat();
    sweep();
  });

  function sweep(): void {
    pipelines.sweep().catch((error: unknown) => services.logger.warn(`pipelines: ${messageOf(error)}`));
  }

  async function execute(attempt: AttemptRow): Promise<void> {
    const signals = keeper.keep(attempt);
    try {
      const provider = providers.get(attempt.provider);
      const [run] = await services.db.select().from(runs).where(eq(runs.id, attempt.runId));
      if (!provider || !run) return;
      const canceled = run.cancelRequestedAt
        ? AbortSignal.abort(new Error("the run is to be canceled"))
        : null;
      const cancel = canceled ? AbortSignal.any([canceled, signals.cancel]) : signals.cancel;
      const step = await pipelines.findStep(run);
      const { parentRunId } = run;
      // What comes next starts while the rest of this is cleaned up.
      let following: Promise<void> | undefined;
      const follow = async () => {
        if (parentRunId === null) return;
        await pipelines.advance(parentRunId);
        wake.abort();
      };
      await executeAttempt({
        services,
        provider,
        attempt,
        run,
        step,
        workers,
        prepared,
        studioId,
        lost: signals.lost,
        cancel,
        onEnded: () => {
          following = follow();
        },
      });
      await (following ?? follow());
    } finally {
      keeper.release(attempt);
    }
  }

  async function claimLoop(): Promise<void> {
    while (!signal.aborted) {
      if (wake.signal.aborted) wake = new AbortController();
      const waiting = AbortSignal.any([signal, wake.signal]);
      const attempt = await claimAttempt(services, owner, watch.capacity()).catch((error: unknown) => {
        services.logger.warn(`cannot claim: ${messageOf(error)}`);
        return null;
      });
      if (attempt) {
        const work = execute(attempt)
          .catch((error: unknown) => services.logger.error({ err: error }, messageOf(error)))
          .finally(() => {
            executing.delete(work);
            wake.abort();
          });
        executing.add(work);
        continue;
      }
      await noteQueue(services, watch).catch((error: unknown) =>
        services.logger.warn(`queue: ${messageOf(error)}`),
      );
      await sleep(pollMs, waiting);
    }
  }

  async function every(ms: number, what: string, work: () => Promise<unknown>): Promise<void> {
    while (!signal.aborted) {
      await work().catch((error: unknown) => services.logger.warn(`${what}: ${messageOf(error)}`));
      await sleep(ms, signal);
    }
  }

  const tasks = createTaskHandlers(services, providers, workers);
  const loops = Promise.all([
    claimLoop(),
    runTaskLoop(services, tasks.quick, { owner, width: 2, signal }),
    runTaskLoop(services, tasks.heavy, { owner, width: 2, signal }),
    runTaskLoop(services, tasks.background, { owner, width: 2, signal }),
    runEndpointsLoop(services, { providers, studioId, signal }),
    every(5000, "looking at compute", () => watch.look()),
    every(2000, "pipelines", () => pipelines.sweep()),
    every(1000, "schedules", () => fireDueSchedules(services.db)),
    every(60_000, "workers", () => workers.reap()),
    every(30_000, "clean-up", () => removeOrphans(services, providers, studioId)),
    every(600_000, "trimming", () => trimOutbox(services)),
  ]);
  services.logger.info({ owner, providers: [...watch.capacity().keys()] }, "runner is ready");

  return {
    async stop() {
      stopping.abort();
      await keeper.stop().catch((error: unknown) => services.logger.warn(`leases: ${messageOf(error)}`));
      await Promise.all([loops, prepared.close(), ...executing]);
      await listening.unlisten().catch(() => {});
    },
  };
}
