import type { Queryable } from "#db/client.ts";
import { invalid } from "#lib/core/errors.ts";
import { type Experiment, findExperiment } from "#lib/tracking/experiments.ts";
import { mlflowError } from "../errors.ts";
import { wireTags } from "../reply.ts";

export function experimentArtifactUri(number: number): string {
  return `mlflow-artifacts:/${number}`;
}

export function toWireExperiment(experiment: Experiment): object {
  return {
    experiment_id: String(experiment.number),
    name: experiment.name,
    artifact_location: experimentArtifactUri(experiment.number),
    lifecycle_stage: experiment.deletedAt ? "deleted" : "active",
    creation_time: experiment.createdAt.getTime(),
    last_update_time: experiment.updatedAt.getTime(),
    tags: wireTags(experiment.tags),
  };
}

/** The experiment of an `experiment_id`, also a deleted one. */
export async function getExperiment(db: Queryable, workspaceId: string, id: string): Promise<Experiment> {
  const found = /^\d{1,15}$/.test(id) ? await findExperiment(db, workspaceId, Number(id)) : null;
  if (!found) {
    throw mlflowError("NOT_FOUND", "RESOURCE_DOES_NOT_EXIST", `No Experiment with id=${id} exists`);
  }
  return found;
}

export async function getActiveExperiment(
  db: Queryable,
  workspaceId: string,
  id: string,
): Promise<Experiment> {
  const experiment = await getExperiment(db, workspaceId, id);
  if (experiment.deletedAt) {
    throw invalid(
      "experiment_id",
      `The experiment ${id} must be in the 'active' state. Current state is deleted.`,
    );
  }
  return experiment;
}
