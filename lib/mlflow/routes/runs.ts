import { z } from "zod";
import { fromMlflowStatus } from "#lib/spec/statuses.ts";
import {
  createClientRun,
  deleteRun,
  restoreRun,
  updateClientRun,
} from "#lib/tracking/commands/client-runs.ts";
import { getActiveRun, getRunByName } from "#lib/tracking/queries/runs.ts";
import { enumeration, int64, list, requiredText, tag, text } from "../fields.ts";
import { jsonRoute, type MlflowRoute } from "../route.ts";
import { getExperiment } from "../wire/experiment.ts";
import { readWireRun, toWireRunInfo } from "../wire/run.ts";

/** Old clients say `run_uuid`. */
export const runId = z.preprocess(
  (value) => {
    if (typeof value !== "object" || value === null || "run_id" in value) return value;
    return "run_uuid" in value ? { ...value, run_id: value.run_uuid } : value;
  },
  z.looseObject({ run_id: requiredText }),
);

const runStatus = enumeration({ RUNNING: 1, SCHEDULED: 2, FINISHED: 3, FAILED: 4, KILLED: 5 });

const create = jsonRoute({
  method: "POST",
  path: "runs/create",
  access: "contributor",
  input: z.object({
    experiment_id: requiredText.default("0"),
    user_id: text.default(""),
    run_name: text.max(8000).optional(),
    start_time: int64.optional(),
    tags: list(tag),
  }),
  async handle({ services, workspace, principal }, input) {
    const run = await services.db.transaction(async (tx) =>
      createClientRun(tx, {
        experiment: await getExperiment(tx, workspace.id, input.experiment_id),
        displayName: input.run_name,
        userName: input.user_id || principal.name,
        createdBy: principal.userId,
        startedAt: input.start_time,
        tags: input.tags,
      }),
    );
    return { run: await readWireRun(services.db, run) };
  },
});

const get = jsonRoute({
  method: "GET",
  path: "runs/get",
  access: "reader",
  input: runId,
  async handle({ services, workspace }, input) {
    const run = await getRunByName(services.db, workspace.id, input.run_id);
    return { run: await readWireRun(services.db, run) };
  },
});

const update = jsonRoute({
  method: "POST",
  path: "runs/update",
  access: "contributor",
  input: runId.pipe(
    z.object({
      run_id: requiredText,
      status: runStatus.optional(),
      end_time: int64.optional(),
      run_name: text.max(8000).optional(),
    }),
  ),
  async handle({ services, workspace }, input) {
    const run = await services.db.transaction(async (tx) =>
      updateClientRun(tx, await getActiveRun(tx, workspace.id, input.run_id), {
        status: input.status === undefined ? undefined : fromMlflowStatus(input.status),
        endedAt: input.end_time,
        displayName: input.run_name,
      }),
    );
    return { run_info: toWireRunInfo(run) };
  },
});

const remove = jsonRoute({
  method: "POST",
  path: "runs/delete",
  access: "contributor",
  input: runId,
  async handle({ services, workspace }, input) {
    await services.db.transaction(async (tx) => {
      const run = await getRunByName(tx, workspace.id, input.run_id);
      if (!run.deletedAt) await deleteRun(tx, run);
    });
    return {};
  },
});

const restore = jsonRoute({
  method: "POST",
  path: "runs/restore",
  access: "contributor",
  input: runId,
  async handle({ services, workspace }, input) {
    await services.db.transaction(async (tx) =>
      restoreRun(tx, await getRunByName(tx, workspace.id, input.run_id)),
    );
    return {};
  },
});

export const runRoutes: readonly MlflowRoute[] = [create, get, update, remove, restore];
