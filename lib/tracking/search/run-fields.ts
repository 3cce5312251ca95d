import type { FieldSet } from "#lib/filter/fields.ts";
import { isRunStatus, type RunStatus, runStatuses, toMlflowStatus } from "#lib/spec/statuses.ts";

/** What can be searched of runs: MLflow's names and the studio's own. */
export const runFields: FieldSet = {
  noun: "a run",
  fields: {
    name: "text",
    id: "text",
    status: "status",
    experiment: "text",
    experiment_id: "number",
    type: "text",
    compute: "text",
    environment: "text",
    user: "text",
    origin: "text",
    description: "text",
    parent: "text",
    created: "time",
    start_time: "time",
    end_time: "time",
    duration: "duration",
    artifact_uri: "text",
  },
  aliases: {
    run_name: "name",
    "run name": "name",
    display_name: "name",
    run_id: "id",
    user_id: "user",
    started: "start_time",
    "start time": "start_time",
    ended: "end_time",
    "end time": "end_time",
    experiment_name: "experiment",
  },
  scopes: { metrics: "number", params: "text", tags: "text", datasets: "text" },
  scopeAliases: {
    metric: "metrics",
    param: "params",
    parameter: "params",
    parameters: "params",
    tag: "tags",
    dataset: "datasets",
    attr: "attributes",
    attribute: "attributes",
    run: "attributes",
  },
};

const otherWords: Record<string, string> = { cancelled: "canceled", succeeded: "completed" };

/**
 * The statuses that a word stands for. One of MLflow's stands for all that its clients see as it, so `RUNNING` also
 * finds a run that saves its outputs; case does not matter.
 */
export function statusesOf(word: string): RunStatus[] {
  const lower = word.toLowerCase();
  const wanted = otherWords[lower] ?? lower;
  const byMlflow = runStatuses.filter((status) => toMlflowStatus(status).toLowerCase() === wanted);
  if (byMlflow.length > 0) return byMlflow;
  return runStatuses.filter((status) => isRunStatus(status) && status.toLowerCase() === wanted);
}
