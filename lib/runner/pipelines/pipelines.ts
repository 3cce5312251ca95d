import { messageOf } from "#lib/core/errors.ts";
import type { PlanNode } from "#lib/pipelines/model.ts";
import type { RunRow } from "#lib/runs/transition.ts";
import type { Services } from "#lib/services/services.ts";
import { advancePipeline } from "./advance.ts";
import { PlanCache } from "./plan-cache.ts";
import type { AttemptIds } from "./write-steps.ts";

/** The pipelines as one runner drives them. All state is in the database; another runner may do any part at any time. */
export class Pipelines {
  readonly #services: Services;
  readonly plans = new PlanCache();
  #attemptIdOf: AttemptIds = () => undefined;
  readonly #onModule: (workspaceId: string, node: PlanNode) => void;
  #sweeping: Promise<void> | undefined;
  #again = false;

  /** `onModule` is told, once for each pipeline that is new here, of a step that will want a worker. */
  constructor(services: Services, onModule: (workspaceId: string, node: PlanNode) => void = () => {}) {
    this.#services = services;
    this.#onModule = onModule;
  }

  /** Where attempts that start get their ids from. */
  takeAttemptIds(attemptIdOf: AttemptIds): void {
    this.#attemptIdOf = attemptIdOf;
  }

  /** The step of a pipeline that a run is; null for a run by itself. */
  async findStep(run: RunRow): Promise<PlanNode | null> {
    if (run.parentRunId === null || run.nodeName === null) return null;
    const cached = await this.plans.read(this.#services.db, run.parentRunId);
    return cached?.nodes.get(run.nodeName) ?? null;
  }

  /** Takes the pipeline of a run that has just ended a step further. What fails here is made good by the next sweep. */
  async advance(runId: string): Promise<void> {
    try {
      if (!this.plans.has(runId)) await this.#meet(runId);
      await advancePipeline(this.#services, runId, this.plans, this.#attemptIdOf);
    } catch (error) {
      this.#services.logger.warn({ err: error, run: runId }, `pipeline: ${messageOf(error)}`);
    }
  }

  /** A worker takes seconds to start the first time: it starts while the steps before it run. */
  async #meet(runId: string): Promise<void> {
    const cached = await this.plans.read(this.#services.db, runId);
    const node = cached?.plan.nodes.find(({ kind, isolation }) => kind === "module" && !isolation);
    if (cached && node) this.#onModule(cached.workspaceId, node);
  }

  /** Advances every pipeline that may have something to do. Calls while one is under way are answered by one more. */
  sweep(): Promise<void> {
    this.#again = true;
    this.#sweeping ??= this.#sweepAll().finally(() => {
      this.#sweeping = undefined;
    });
    return this.#sweeping;
  }

  async #sweepAll(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      for (const id of await this.#findWaiting()) await this.advance(id);
    }
  }

  /**
   * New ones, those to be canceled, those of which a step ended after they were last looked at (its runner died before it
   * could), and those in which nothing is under way.
   */
  async #findWaiting(): Promise<string[]> {
    const rows = await this.#services.sql<{ id: string }[]>`
      select p.id from runs p
      where p.type = 'pipeline' and p.status not in ('Completed', 'Failed', 'Canceled') and p.plan is not null
        and (
          p.status in ('NotStarted', 'CancelRequested')
          or exists (
            select 1 from runs c
            where c.parent_run_id = p.id and (c.ended_at >= p.updated_at or c.status = 'CancelRequested')
          )
          or not exists (
            select 1 from runs c join attempts a on a.run_id = c.id and a.state <> 'ended'
            where c.parent_run_id = p.id
          )
        )
      order by p.created_at, p.id`;
    return rows.map(({ id }) => id);
  }
}
