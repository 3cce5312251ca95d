import { z } from "zod";
import {
  addLoggedModelParams,
  createLoggedModel,
  deleteLoggedModel,
  deleteLoggedModelTag,
  finishLoggedModel,
  setLoggedModelTags,
} from "#lib/tracking/commands/logged-models.ts";
import { getLoggedModel, type LoggedModel } from "#lib/tracking/queries/logged-models.ts";
import { getRunByName } from "#lib/tracking/queries/runs.ts";
import { searchLoggedModels } from "#lib/tracking/search/search-logged-models.ts";
import { mlflowError } from "../errors.ts";
import { boolean, enumeration, list, maxResults, requiredText, tag, text } from "../fields.ts";
import { jsonRoute, type MlflowContext, type MlflowRoute } from "../route.ts";
import { getActiveExperiment } from "../wire/experiment.ts";
import { loggedModelStatuses, readWireLoggedModel, readWireLoggedModels } from "../wire/logged-model.ts";
import { experimentNumbers } from "./search.ts";

const byId = z.object({ model_id: requiredText });
const pair = z.object({ key: requiredText, value: text.default("") });
const toRecord = (pairs: readonly { key: string; value: string }[]) =>
  Object.fromEntries(pairs.map(({ key, value }) => [key, value]));

async function getLiveModel({ services, workspace }: MlflowContext, id: string): Promise<LoggedModel> {
  const model = await getLoggedModel(services.db, workspace.id, id);
  if (!model.deletedAt) return model;
  throw mlflowError("NOT_FOUND", "RESOURCE_DOES_NOT_EXIST", `Logged model with ID '${id}' not found.`);
}

const create = jsonRoute({
  method: "POST",
  path: "logged-models",
  access: "contributor",
  input: z.object({
    experiment_id: requiredText,
    name: text.optional(),
    model_type: text.optional(),
    source_run_id: text.optional(),
    params: list(pair),
    tags: list(tag),
  }),
  async handle({ services, workspace }, input) {
    const { db } = services;
    const model = await createLoggedModel(db, {
      experiment: await getActiveExperiment(db, workspace.id, input.experiment_id),
      name: input.name,
      modelType: input.model_type,
      sourceRun: input.source_run_id ? await getRunByName(db, workspace.id, input.source_run_id) : null,
      params: toRecord(input.params),
      tags: toRecord(input.tags),
    });
    return { model: await readWireLoggedModel(db, model) };
  },
});

const get = jsonRoute({
  method: "GET",
  path: "logged-models/:model_id",
  access: "reader",
  input: byId,
  async handle(context, { model_id }) {
    return {
      model: await readWireLoggedModel(context.services.db, await getLiveModel(context, model_id)),
    };
  },
});

const finish = jsonRoute({
  method: "PATCH",
  path: "logged-models/:model_id",
  access: "contributor",
  input: byId.extend({ status: enumeration(loggedModelStatuses) }),
  async handle(context, { model_id, status }) {
    const { db } = context.services;
    const model = await finishLoggedModel(db, await getLiveModel(context, model_id), status);
    return { model: await readWireLoggedModel(db, model) };
  },
});

const remove = jsonRoute({
  method: "DELETE",
  path: "logged-models/:model_id",
  access: "contributor",
  input: byId,
  async handle(context, { model_id }) {
    await deleteLoggedModel(context.services.db, await getLiveModel(context, model_id));
    return {};
  },
});

const dataset = z.object({ dataset_name: requiredText, dataset_digest: text.optional() });

const search = jsonRoute({
  method: "POST",
  path: "logged-models/search",
  access: "reader",
  input: z.object({
    experiment_ids: list(text),
    filter: text.optional(),
    datasets: list(dataset),
    max_results: maxResults(50, 1000),
    order_by: list(
      z.object({
        field_name: requiredText,
        ascending: boolean.default(true),
        dataset_name: text.optional(),
        dataset_digest: text.optional(),
      }),
    ),
    page_token: text.optional(),
  }),
  async handle({ services, workspace }, input) {
    const { rows, nextCursor } = await searchLoggedModels(services.db, {
      workspaceId: workspace.id,
      experimentNumbers: experimentNumbers(input.experiment_ids),
      filter: input.filter,
      datasets: input.datasets.map((entry) => ({ name: entry.dataset_name, digest: entry.dataset_digest })),
      orderBy: input.order_by.map((order) => ({
        fieldName: order.field_name,
        ascending: order.ascending,
        dataset: order.dataset_name ? { name: order.dataset_name, digest: order.dataset_digest } : undefined,
      })),
      cursor: input.page_token || undefined,
      limit: input.max_results,
    });
    const models = await readWireLoggedModels(services.db, rows);
    return { models, ...(nextCursor ? { next_page_token: nextCursor } : {}) };
  },
});

const setTags = jsonRoute({
  method: "PATCH",
  path: "logged-models/:model_id/tags",
  access: "contributor",
  input: byId.extend({ tags: list(tag) }),
  async handle(context, { model_id, tags }) {
    const { db } = context.services;
    const model = await setLoggedModelTags(db, await getLiveModel(context, model_id), toRecord(tags));
    return { model: await readWireLoggedModel(db, model) };
  },
});

const deleteTag = jsonRoute({
  method: "DELETE",
  path: "logged-models/:model_id/tags/:tag_key",
  access: "contributor",
  input: byId.extend({ tag_key: requiredText }),
  async handle(context, { model_id, tag_key }) {
    const model = await getLiveModel(context, model_id);
    if (!(tag_key in model.tags)) {
      throw mlflowError(
        "NOT_FOUND",
        "RESOURCE_DOES_NOT_EXIST",
        `No tag with key '${tag_key}' found for model with ID '${model_id}'.`,
      );
    }
    await deleteLoggedModelTag(context.services.db, model, tag_key);
    return {};
  },
});

const addParams = jsonRoute({
  method: "POST",
  path: "logged-models/:model_id/params",
  access: "contributor",
  input: byId.extend({ params: list(pair) }),
  async handle(context, { model_id, params }) {
    await addLoggedModelParams(context.services.db, await getLiveModel(context, model_id), toRecord(params));
    return {};
  },
});

export const loggedModelRoutes: readonly MlflowRoute[] = [
  ...[create, search, get, finish, remove],
  ...[setTags, deleteTag, addParams],
];
