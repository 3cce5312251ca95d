import { z } from "zod";
import { type Asset, deleteAssetLabel, setAssetLabel, updateAsset } from "#lib/assets/commands.ts";
import { findAssetVersion } from "#lib/assets/queries.ts";
import { invalid } from "#lib/core/errors.ts";
import { deleteModel } from "#lib/models/commands.ts";
import { type ModelStage, modelStages } from "#lib/models/model.ts";
import {
  changeModelTag,
  createRegisteredModel,
  getRegisteredModel,
  getVersionOf,
  listLatestVersions,
  renameModel,
} from "#lib/models/registry.ts";
import { searchModels } from "#lib/models/search-registry.ts";
import { mlflowError } from "../errors.ts";
import { list, maxResults, requiredText, text } from "../fields.ts";
import { jsonRoute, type MlflowContext, type MlflowRoute } from "../route.ts";
import { readWireModel, readWireModels, readWireVersion, readWireVersions } from "../wire/model.ts";

export const registryTag = z.object({
  key: requiredText.max(250),
  value: text.max(100_000).default(""),
});
const byName = z.object({ name: requiredText });
const base = "registered-models";

export const toRecord = (pairs: readonly { key: string; value: string }[]) =>
  Object.fromEntries(pairs.map(({ key, value }) => [key, value]));

/** A stage in any case. */
export function readStage(given: string): ModelStage {
  const stage = modelStages.find((known) => known.toLowerCase() === given.toLowerCase());
  if (stage) return stage;
  throw invalid(
    "stage",
    `Invalid Model Version stage: ${given}. Value must be one of ${modelStages.join(", ")}.`,
  );
}

function find({ services, workspace }: MlflowContext, name: string): Promise<Asset> {
  return getRegisteredModel(services.db, workspace.id, name);
}

const create = jsonRoute({
  method: "POST",
  path: `${base}/create`,
  access: "contributor",
  input: z.object({ name: requiredText, tags: list(registryTag), description: text.default("") }),
  async handle({ services, workspace, principal }, { name, tags, description }) {
    const made = await services.db.transaction((tx) =>
      createRegisteredModel(tx, {
        ...{ workspaceId: workspace.id, name, description },
        ...{ tags: toRecord(tags), createdBy: principal.userId },
      }),
    );
    return { registered_model: await readWireModel(services.db, made) };
  },
});

const get = jsonRoute({
  method: "GET",
  path: `${base}/get`,
  access: "reader",
  input: byName,
  async handle(context, { name }) {
    return { registered_model: await readWireModel(context.services.db, await find(context, name)) };
  },
});

const rename = jsonRoute({
  method: "POST",
  path: `${base}/rename`,
  access: "contributor",
  input: byName.extend({ new_name: requiredText }),
  async handle(context, { name, new_name }) {
    const asset = await find(context, name);
    const renamed = await context.services.db.transaction((tx) => renameModel(tx, asset, new_name));
    return { registered_model: await readWireModel(context.services.db, renamed) };
  },
});

const update = jsonRoute({
  method: "PATCH",
  path: `${base}/update`,
  access: "contributor",
  input: byName.extend({ description: text.optional() }),
  async handle(context, { name, description }) {
    const asset = await find(context, name);
    await context.services.db.transaction((tx) => updateAsset(tx, asset, { description }));
    return { registered_model: await readWireModel(context.services.db, await find(context, name)) };
  },
});

const remove = jsonRoute({
  method: "DELETE",
  path: `${base}/delete`,
  access: "contributor",
  input: byName,
  async handle(context, { name }) {
    const asset = await find(context, name);
    await deleteModel(context.services, asset.workspaceId, name);
    return {};
  },
});

const search = jsonRoute({
  method: "GET",
  path: `${base}/search`,
  access: "reader",
  input: z.object({
    filter: text.optional(),
    max_results: maxResults(100, 1000),
    order_by: list(text),
    page_token: text.optional(),
  }),
  async handle({ services, workspace }, input) {
    const { rows, nextCursor } = await searchModels(services.db, {
      ...{ workspaceId: workspace.id, filter: input.filter, orderBy: input.order_by },
      ...{ cursor: input.page_token || undefined, limit: input.max_results },
    });
    const models = await readWireModels(services.db, rows);
    return { registered_models: models, ...(nextCursor ? { next_page_token: nextCursor } : {}) };
  },
});

const latestVersions = (method: "GET" | "POST") =>
  jsonRoute({
    method,
    path: `${base}/get-latest-versions`,
    access: "reader",
    input: byName.extend({ stages: list(text) }),
    async handle(context, { name, stages }) {
      const { db } = context.services;
      const asset = await find(context, name);
      const wanted = stages.map(readStage);
      const versions = (await listLatestVersions(db, [asset.id])).map((version) => ({ asset, version }));
      const kept = versions.filter(
        ({ version }) => wanted.length === 0 || wanted.some((stage) => version.details.stage === stage),
      );
      return { model_versions: await readWireVersions(db, kept) };
    },
  });

const setTag = jsonRoute({
  method: "POST",
  path: `${base}/set-tag`,
  access: "contributor",
  input: byName.extend(registryTag.shape),
  async handle(context, { name, key, value }) {
    const asset = await find(context, name);
    await context.services.db.transaction((tx) => changeModelTag(tx, asset, key, value));
    return {};
  },
});

const deleteTag = jsonRoute({
  method: "DELETE",
  path: `${base}/delete-tag`,
  access: "contributor",
  input: byName.extend({ key: requiredText }),
  async handle(context, { name, key }) {
    const asset = await find(context, name);
    await context.services.db.transaction((tx) => changeModelTag(tx, asset, key, null));
    return {};
  },
});

const alias = requiredText
  .max(255)
  .regex(/^[\w-]*$/, "Names may only contain alphanumerics, underscores (_), and dashes (-)")
  .refine((value) => value.toLowerCase() !== "latest", "'latest' alias name (case insensitive) is reserved")
  .refine((value) => !/^v\d+$/i.test(value), "Version alias name of the form v<number> is reserved");

const setAlias = jsonRoute({
  method: "POST",
  path: `${base}/alias`,
  access: "contributor",
  input: byName.extend({ alias, version: requiredText }),
  async handle(context, input) {
    const { db } = context.services;
    const asset = await find(context, input.name);
    const version = await getVersionOf(db, asset, input.version);
    await db.transaction((tx) => setAssetLabel(tx, asset, input.alias, version));
    return {};
  },
});

const deleteAlias = jsonRoute({
  method: "DELETE",
  path: `${base}/alias`,
  access: "contributor",
  input: byName.extend({ alias }),
  async handle(context, input) {
    const asset = await find(context, input.name);
    await context.services.db.transaction((tx) => deleteAssetLabel(tx, asset, input.alias));
    return {};
  },
});

const getByAlias = jsonRoute({
  method: "GET",
  path: `${base}/alias`,
  access: "reader",
  input: byName.extend({ alias: requiredText }),
  async handle(context, input) {
    const { db } = context.services;
    const asset = await find(context, input.name);
    const version = await findAssetVersion(db, asset, { label: input.alias });
    // The code that the protocol has for an alias that is not there.
    if (!version)
      throw mlflowError(
        "BAD_REQUEST",
        "INVALID_PARAMETER_VALUE",
        `Registered model alias ${input.alias} not found.`,
      );
    return { model_version: await readWireVersion(db, { asset, version }) };
  },
});

export const registeredModelRoutes: readonly MlflowRoute[] = [
  ...[create, get, rename, update, remove, search],
  ...[latestVersions("GET"), latestVersions("POST"), setTag, deleteTag],
  ...[setAlias, deleteAlias, getByAlias],
];
