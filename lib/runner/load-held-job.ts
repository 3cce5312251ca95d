import { and, eq } from "drizzle-orm";
import { computeTargets, experiments, runPorts, workspaces } from "#db/schema/index.ts";
import { limitsOf, type RunLimits } from "#lib/runs/limits.ts";
import type { CommandJobSpec } from "#lib/spec/kinds/command-job.ts";
import { loadSpecValue } from "#lib/spec/load-text.ts";
import type { HeldAttempt } from "./held-attempt.ts";

/** Everything about a run that its execution needs and that does not change any more. */
export interface HeldJob {
  spec: CommandJobSpec;
  ports: (typeof runPorts.$inferSelect)[];
  limits: RunLimits;
  workspaceName: string;
  experimentName: string;
}

export async function loadHeldJob({ services, run }: HeldAttempt): Promise<HeldJob> {
  const { db } = services;
  const [place] = await db
    .select({ workspace: workspaces.name, experiment: experiments.name })
    .from(workspaces)
    .innerJoin(
      experiments,
      and(eq(experiments.workspaceId, workspaces.id), eq(experiments.number, run.experimentNumber)),
    )
    .where(eq(workspaces.id, run.workspaceId));
  const [target] = await db
    .select()
    .from(computeTargets)
    .where(and(eq(computeTargets.workspaceId, run.workspaceId), eq(computeTargets.name, run.compute ?? "")));
  const { spec } = loadSpecValue({ ...run.spec }, { kind: "job" });
  if (spec.type !== "command")
    throw new Error(`run ${run.name} of type ${spec.type} has no command to execute`);
  return {
    spec,
    ports: await db.select().from(runPorts).where(eq(runPorts.runId, run.id)),
    limits: limitsOf(spec, target ?? null),
    workspaceName: place?.workspace ?? "",
    experimentName: place?.experiment ?? "",
  };
}
