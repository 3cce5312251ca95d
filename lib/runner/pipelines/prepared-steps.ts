import { posix } from "node:path";
import { and, eq, inArray } from "drizzle-orm";
import { runs } from "#db/schema/index.ts";
import { revokeRunTokens } from "#lib/auth/tokens.ts";
import { isValueType } from "#lib/components/model.ts";
import type { ComputeProvider, LaunchSpec } from "#lib/compute/port.ts";
import { messageOf } from "#lib/core/errors.ts";
import { newId } from "#lib/core/ids.ts";
import type { PlanNode } from "#lib/pipelines/model.ts";
import type { RunRow } from "#lib/runs/transition.ts";
import type { Services } from "#lib/services/services.ts";
import type { HeldAttempt } from "../held-attempt.ts";
import { attemptLabel, preparedLabel, studioLabel } from "../labels.ts";
import { describeLaunch, labelsOf } from "../launch-attempt.ts";
import { type HeldJob, loadHeldJob } from "../load-held-job.ts";
import type { PlanCache } from "./plan-cache.ts";

/** Containers that wait at once, for all pipelines of a runner. */
const width = 2;
/** After a long step the start of the next one is no matter. */
const keepMs = 30_000;

interface Prepared {
  attemptId: string;
  provider: ComputeProvider;
  run: RunRow;
  /** What was asked for, once it waits. */
  done: Promise<LaunchSpec>;
  timer: NodeJS.Timeout;
}

/**
 * Starts the containers of steps while those before them run, since starting one takes longer than many steps do. They wait
 * in front of their command. All of it may be lost: a step that finds nothing prepared is launched as ever.
 */
export class PreparedSteps {
  readonly #services: Services;
  readonly #plans: PlanCache;
  readonly #studioId: string;
  readonly #waiting = new Map<string, Prepared>();
  readonly #taken = new Map<string, Promise<LaunchSpec>>();

  constructor(services: Services, plans: PlanCache, studioId: string) {
    this.#services = services;
    this.#plans = plans;
    this.#studioId = studioId;
  }

  /** The id for the attempt of a step, when its container waits under one. */
  take(runId: string): string | undefined {
    const entry = this.#waiting.get(runId);
    if (!entry) return undefined;
    clearTimeout(entry.timer);
    this.#waiting.delete(runId);
    this.#taken.set(entry.attemptId, entry.done);
    const forget = () => this.#taken.delete(entry.attemptId);
    setTimeout(forget, keepMs).unref();
    return entry.attemptId;
  }

  /** Resolves when the container of an attempt waits, with what it was made from, or when it does not come about. */
  async whenReady(attemptId: string): Promise<LaunchSpec | null> {
    return (await this.#taken.get(attemptId)?.catch(() => null)) ?? null;
  }

  /** Prepares what follows a step that is about to start. Returns at once. */
  prepareAfter(held: HeldAttempt, job: HeldJob, environment: LaunchSpec["environment"]): void {
    this.#prepareAfter(held, job, environment).catch((error: unknown) => {
      this.#services.logger.debug(`not prepared: ${messageOf(error)}`);
    });
  }

  async #prepareAfter(
    held: HeldAttempt,
    job: HeldJob,
    environment: LaunchSpec["environment"],
  ): Promise<void> {
    const { run, step, provider } = held;
    if (!provider.prepare || !step || run.parentRunId === null || this.#waiting.size >= width) return;
    const cached = await this.#plans.read(this.#services.db, run.parentRunId);
    if (!cached) return;
    const next = followers(cached.plan.nodes, step, width);
    const children = await this.#services.db
      .select()
      .from(runs)
      .where(
        and(
          eq(runs.parentRunId, run.parentRunId),
          inArray(
            runs.nodeName,
            next.map(({ name }) => name),
          ),
          eq(runs.status, "NotStarted"),
        ),
      );
    if (held.cancel.aborted || held.lost.aborted) return;
    const started = next.map(async (node) => {
      const child = children.find(({ nodeName }) => nodeName === node.name);
      if (!child || this.#waiting.has(child.id) || this.#waiting.size >= width) return;
      await this.#prepare(held, job, node, child, environment);
    });
    await Promise.all(started);
  }

  async #prepare(
    held: HeldAttempt,
    { workspaceName, experimentName }: HeldJob,
    node: PlanNode,
    run: RunRow,
    environment: LaunchSpec["environment"],
  ): Promise<void> {
    const { provider } = held;
    const attemptId = newId("att");
    const work = async () => {
      const mine = { ...held, run, step: node };
      const job = { ...(await loadHeldJob(mine)), workspaceName, experimentName };
      const root = provider.rootOf(attemptId);
      const inputs = new Map(
        job.ports.flatMap(({ direction, name, type, mode, value, uri }) => {
          if (direction !== "input") return [];
          if (type === "literal") return [[name, value ?? ""] as const];
          return [[name, mode === "direct" ? uri : posix.join(root, "inputs", name)] as const];
        }),
      );
      const spec = await describeLaunch(mine, job, { attemptId, environment, inputs });
      const dirs = [...(spec.dirs ?? []), ...[...inputs.keys()].map((name) => posix.join("inputs", name))];
      const labels = { ...labelsOf(mine, job), [preparedLabel]: String(Date.now()) };
      const asked = { ...spec, dirs };
      await provider.prepare?.(asked, labels);
      return asked;
    };
    const timer = setTimeout(() => void this.#discard(run.id), keepMs);
    const entry = { attemptId, provider, run, timer, done: work() };
    this.#waiting.set(run.id, entry);
    await entry.done.catch(async (error: unknown) => {
      await this.#discard(run.id);
      throw error;
    });
  }

  async #discard(runId: string): Promise<void> {
    const entry = this.#waiting.get(runId);
    if (!this.take(runId) || !entry) return;
    try {
      await entry.done.catch(() => {});
      await revokeRunTokens(this.#services.db, runId);
      const labels = { [studioLabel]: this.#studioId, [attemptLabel]: entry.attemptId };
      for (const { handle } of await entry.provider.list(labels)) await entry.provider.remove(handle);
    } catch (error) {
      this.#services.logger.warn(`a prepared container stays for the clean-up: ${messageOf(error)}`);
    }
  }

  /** Removes what waits. */
  async close(): Promise<void> {
    await Promise.all([...this.#waiting.keys()].map((runId) => this.#discard(runId)));
  }
}

/** The first steps that come to be due by this one alone, or by it and each other. */
function followers(nodes: readonly PlanNode[], step: PlanNode, limit: number): PlanNode[] {
  const done = new Set([step.name]);
  const next: PlanNode[] = [];
  for (const node of nodes) {
    if (next.length === limit) break;
    const follows = node.needs.length > 0 && node.needs.every((need) => done.has(need));
    if (!follows || !isAlike(node, step)) continue;
    done.add(node.name);
    next.push(node);
  }
  return next;
}

/** What runs in the same place and environment, and whose inputs are known, or have known places, before they are there. */
function isAlike(node: PlanNode, step: PlanNode): boolean {
  return (
    node.kind === "command" &&
    node.provider === step.provider &&
    node.environment.digest === step.environment.digest &&
    Object.values(node.inputs).every(({ type }) => type !== "uri_file" && !isValueType(type))
  );
}
