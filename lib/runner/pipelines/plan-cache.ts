import { eq } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { runs } from "#db/schema/index.ts";
import type { PipelinePlan, PlanNode } from "#lib/pipelines/model.ts";

const kept = 100;

export interface CachedPlan {
  workspaceId: string;
  plan: PipelinePlan;
  nodes: ReadonlyMap<string, PlanNode>;
}

/** Plans never change, and a large one takes longer to read than a step takes to run. */
export class PlanCache {
  readonly #plans = new Map<string, CachedPlan>();

  has(runId: string): boolean {
    return this.#plans.has(runId);
  }

  /** The plan of a pipeline run; null for a run that has none. */
  async read(db: Queryable, runId: string): Promise<CachedPlan | null> {
    const known = this.#plans.get(runId);
    if (known) return known;
    const [row] = await db
      .select({ plan: runs.plan, workspaceId: runs.workspaceId })
      .from(runs)
      .where(eq(runs.id, runId));
    if (!row?.plan) return null;
    // Checked when it was made.
    const plan = row.plan as unknown as PipelinePlan;
    const entry = {
      plan,
      workspaceId: row.workspaceId,
      nodes: new Map(plan.nodes.map((node) => [node.name, node])),
    };
    this.#plans.set(runId, entry);
    for (const oldest of this.#plans.keys()) {
      if (this.#plans.size <= kept) break;
      this.#plans.delete(oldest);
    }
    return entry;
  }
}
