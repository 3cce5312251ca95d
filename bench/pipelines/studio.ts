import { eq } from "drizzle-orm";
import { runs } from "#db/schema/index.ts";
import { sleep } from "#lib/core/time.ts";
import type { PipelinePlan, PlanNode } from "#lib/pipelines/model.ts";
import { insertPlan } from "#lib/runner/testing/plans.ts";
import { removePrograms } from "#lib/runner/testing/programs.ts";
import { startRunnerProcess } from "#lib/runner/testing/runner-process.ts";
import { startTestStudio } from "#lib/testing/studio-server.ts";

export interface BenchStudio {
  /** Sends a pipeline and waits for its end; milliseconds in between. Throws when it did not complete. */
  time(nodes: PlanNode[], settings?: Partial<PipelinePlan["settings"]>): Promise<number>;
  close(): Promise<void>;
}

/** A studio with a runner of its own; `slots` steps at once. */
export async function startBenchStudio(slots: number): Promise<BenchStudio> {
  const studio = await startTestStudio();
  const { services, workspace } = studio;
  await services.sql`update compute_targets set max_instances = ${slots}`;
  const runner = await startRunnerProcess(services.variables);
  return {
    async time(nodes, settings = {}) {
      const start = performance.now();
      const { id } = await insertPlan(services, workspace, nodes, settings);
      await services.sql`select pg_notify('atelier_runs', '')`;
      for (;;) {
        const [row] = await services.db
          .select({ status: runs.status, error: runs.error })
          .from(runs)
          .where(eq(runs.id, id));
        if (row?.status === "Completed") return performance.now() - start;
        if (row?.status === "Failed" || row?.status === "Canceled") {
          const steps = await services.db
            .select({ node: runs.nodeName, error: runs.error })
            .from(runs)
            .where(eq(runs.parentRunId, id));
          const culprit = steps.find(({ error }) => error !== null);
          throw new Error(`${row.error?.message} ${culprit?.node}: ${JSON.stringify(culprit?.error)}`);
        }
        await sleep(5);
      }
    },
    async close() {
      await runner.kill("SIGTERM");
      await removePrograms(studio);
      await studio.close();
    },
  };
}
