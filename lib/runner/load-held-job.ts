import { and, eq } from "drizzle-orm";
import { computeTargets, experiments, runPorts, workspaces } from "#db/schema/index.ts";
import { limitsOf, type RunLimits } from "#lib/runs/limits.ts";
import { loadSpecValue } from "#lib/spec/load-text.ts";
import { type DeclaredOutput, declaredOf } from "./declared-outputs.ts";
import { distributionVariables } from "./distribution-variables.ts";
import type { HeldAttempt } from "./held-attempt.ts";

/** Everything about a run that its execution needs and that does not change any more. */
export interface HeldJob {
  command: string;
  outputs: Record<string, DeclaredOutput>;
  environmentVariables: Record<string, string>;
  ports: (typeof runPorts.$inferSelect)[];
  limits: RunLimits;
  workspaceName: string;
  experimentName: string;
}

export async function loadHeldJob(held: HeldAttempt): Promise<HeldJob> {
  const { run } = held;
  const { db } = held.services;
  const [[place], [target], ports] = await Promise.all([
    db
      .select({ workspace: workspaces.name, experiment: experiments.name })
      .from(workspaces)
      .innerJoin(
        experiments,
        and(eq(experiments.workspaceId, workspaces.id), eq(experiments.number, run.experimentNumber)),
      )
      .where(eq(workspaces.id, run.workspaceId)),
    db
      .select()
      .from(computeTargets)
      .where(
        and(eq(computeTargets.workspaceId, run.workspaceId), eq(computeTargets.name, run.compute ?? "")),
      ),
    db.select().from(runPorts).where(eq(runPorts.runId, run.id)),
  ]);
  const { resources, limits, ...job } = readJob(held);
  return {
    ...job,
    ports,
    limits: limitsOf({ resources, limits }, target ?? null),
    workspaceName: place?.workspace ?? "",
    experimentName: place?.experiment ?? "",
  };
}

type Asked = Parameters<typeof limitsOf>[0];

/** The job of a run by itself is its own; that of a pipeline's step is in the plan, which has everything decided. */
function readJob({
  run,
  step,
}: HeldAttempt): Pick<HeldJob, "command" | "outputs" | "environmentVariables"> & Asked {
  if (step) {
    const { timeoutSeconds } = step.limits;
    return {
      command: step.command?.text ?? "",
      outputs: declaredOf(step),
      environmentVariables: {
        ...distributionVariables(step.command?.distribution),
        ...step.command?.environmentVariables,
      },
      resources: step.resources as Asked["resources"],
      limits: timeoutSeconds === null ? undefined : { timeout: timeoutSeconds },
    };
  }
  const { spec } = loadSpecValue({ ...run.spec }, { kind: "job" });
  if (spec.type !== "command")
    throw new Error(`run ${run.name} of type ${spec.type} has no command to execute`);
  const { command, outputs, distribution, resources, limits } = spec;
  const environmentVariables = { ...distributionVariables(distribution), ...spec.environment_variables };
  return { command, outputs, environmentVariables, resources, limits };
}
