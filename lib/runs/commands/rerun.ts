import { eq } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { runPorts, runTags } from "#db/schema/index.ts";
import { resolveTarget } from "#lib/computes/queries.ts";
import { AppError } from "#lib/core/errors.ts";
import { newRunName } from "#lib/core/ids.ts";
import type { RunRow } from "../transition.ts";
import { insertRun } from "./insert-run.ts";
import { rerunPipeline } from "./rerun-pipeline.ts";
import type { Submitter } from "./submit-run.ts";

export interface RerunChange {
  displayName?: string | undefined;
  compute?: string | undefined;
  memoryMib?: number | undefined;
}

/** Starts the same job again with the same code, environment and input versions, whatever their labels mean by now. */
export async function rerun(db: Database, run: RunRow, by: Submitter, change: RerunChange): Promise<RunRow> {
  const { spec } = run;
  if (!spec) {
    throw new AppError("CONFLICT", {
      userMessage: "This run was executed elsewhere, by an MLflow client. The studio does not know its job.",
    });
  }
  if (run.plan) return db.transaction((tx) => rerunPipeline(tx, run, by, change));
  if (run.nodeName !== null) {
    throw new AppError("CONFLICT", {
      userMessage: "This run is a step of a pipeline. Retry the step there, or run the pipeline again.",
    });
  }
  return db.transaction(async (tx) => {
    const { target } = await resolveTarget(tx, run.workspaceId, change.compute ?? run.compute ?? undefined);
    const name = newRunName();
    const ports = await tx.select().from(runPorts).where(eq(runPorts.runId, run.id));
    const tags = await tx.select().from(runTags).where(eq(runTags.runId, run.id));
    const own = tags.filter(({ key }) => !key.startsWith("mlflow."));
    const { workspaceId, experimentNumber, type, snapshotDigest, environment, environmentVersionId } = run;
    return insertRun(tx, {
      run: {
        workspaceId,
        experimentNumber,
        type,
        snapshotDigest,
        environment,
        environmentVersionId,
        name,
        displayName: change.displayName ?? run.displayName,
        compute: target.name,
        spec: withMemory({ ...spec, name, compute: `azureml:${target.name}` }, change.memoryMib),
        specText: run.specText,
        description: run.description,
        userName: by.name,
        createdBy: by.userId,
      },
      provider: target.provider,
      ports: ports.map(({ runId: _, ...port }) =>
        port.direction === "input"
          ? port
          : {
              ...port,
              source: null,
              assetVersionId: null,
              uri: `azureml://jobs/${name}/outputs/${port.name}/paths/`,
            },
      ),
      tags: Object.fromEntries(own.map(({ key, value }) => [key, value])),
    });
  });
}

function withMemory(spec: Record<string, unknown>, memoryMib: number | undefined): Record<string, unknown> {
  if (memoryMib === undefined) return spec;
  const resources = { ...(spec.resources as Record<string, unknown> | undefined) };
  const properties = { ...(resources.properties as Record<string, unknown> | undefined) };
  return { ...spec, resources: { ...resources, properties: { ...properties, memory: `${memoryMib}m` } } };
}
