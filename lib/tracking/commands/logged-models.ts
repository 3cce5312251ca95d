import { randomBytes } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { loggedModels } from "#db/schema/index.ts";
import { newRunName } from "#lib/core/ids.ts";
import { publish } from "#lib/live/outbox.ts";
import type { Experiment } from "../experiments.ts";
import { limits } from "../model.ts";
import type { LoggedModel } from "../queries/logged-models.ts";
import type { Run } from "../queries/runs.ts";

export interface NewLoggedModel {
  experiment: Experiment;
  name?: string | undefined;
  modelType?: string | undefined;
  sourceRun: Run | null;
  params: Record<string, string>;
  tags: Record<string, string>;
}

/** Makes a logged model whose files a client is about to upload. */
export async function createLoggedModel(db: Queryable, input: NewLoggedModel): Promise<LoggedModel> {
  const { workspaceId, number } = input.experiment;
  const [row] = await db
    .insert(loggedModels)
    .values({
      id: `m-${randomBytes(16).toString("hex")}`,
      workspaceId,
      experimentNumber: number,
      name: input.name || newRunName().split("_").slice(0, 2).join("-"),
      modelType: input.modelType ?? "",
      status: "LOGGED_MODEL_PENDING",
      sourceRunId: input.sourceRun?.id ?? null,
      params: input.params,
      tags: input.tags,
    })
    .returning();
  if (!row) throw new Error("the logged model was not made");
  return row;
}

async function change(
  db: Queryable,
  model: LoggedModel,
  set: Partial<Record<keyof LoggedModel, unknown>>,
): Promise<LoggedModel> {
  const [row] = await db
    .update(loggedModels)
    .set({ ...(set as Partial<LoggedModel>), updatedAt: new Date() })
    .where(eq(loggedModels.id, model.id))
    .returning();
  if (!row) throw new Error(`logged model ${model.id} is gone`);
  return row;
}

/** Says that the upload is over, well or not. */
export async function finishLoggedModel(
  db: Queryable,
  model: LoggedModel,
  status: string,
): Promise<LoggedModel> {
  const changed = await change(db, model, { status });
  const { workspaceId, id: name } = model;
  await publish(db, { workspaceId, kind: "logged-model", name, event: "status", data: { status } });
  return changed;
}

export async function deleteLoggedModel(db: Queryable, model: LoggedModel): Promise<void> {
  await change(db, model, { deletedAt: new Date() });
}

export async function setLoggedModelTags(
  db: Queryable,
  model: LoggedModel,
  tags: Record<string, string>,
): Promise<LoggedModel> {
  return change(db, model, { tags: sql`${loggedModels.tags} || ${JSON.stringify(tags)}::jsonb` });
}

export async function deleteLoggedModelTag(db: Queryable, model: LoggedModel, key: string): Promise<void> {
  await change(db, model, { tags: sql`${loggedModels.tags} - ${key}::text` });
}

export async function addLoggedModelParams(
  db: Queryable,
  model: LoggedModel,
  params: Record<string, string>,
): Promise<void> {
  const cut = Object.fromEntries(
    Object.entries(params).map(([key, value]) => [key, value.slice(0, limits.paramValueLength)]),
  );
  await change(db, model, { params: sql`${loggedModels.params} || ${JSON.stringify(cut)}::jsonb` });
}
