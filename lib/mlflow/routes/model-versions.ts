import { z } from "zod";
import { type Asset, type AssetVersion, updateAssetVersion } from "#lib/assets/commands.ts";
import { invalid } from "#lib/core/errors.ts";
import { openFileSet } from "#lib/files/file-set.ts";
import { discardOwnFiles } from "#lib/models/own-copy.ts";
import { registerVersion } from "#lib/models/register-version.ts";
import {
  changeVersionTag,
  deleteModelVersion,
  getRegisteredModel,
  getVersionOf,
  moveToStage,
} from "#lib/models/registry.ts";
import { searchModelVersions } from "#lib/models/search-registry.ts";
import { getRunByName } from "#lib/tracking/queries/runs.ts";
import { listArtifacts, sendArtifact } from "../artifact-files.ts";
import { checkArtifactPath, type SetTarget } from "../artifact-target.ts";
import { boolean, list, maxResults, requiredText, text } from "../fields.ts";
import { parseInput, readInput } from "../input.ts";
import { resolveModelSource } from "../model-source.ts";
import { jsonRoute, type MlflowContext, type MlflowRoute } from "../route.ts";
import { readWireVersion, readWireVersions, versionArtifactUri } from "../wire/model.ts";
import { readStage, registryTag, toRecord } from "./registered-models.ts";

const base = "model-versions";

/** A version is a text on the wire; some clients send the number. */
const versionText = z.preprocess(
  (value) => (typeof value === "number" && Number.isInteger(value) ? String(value) : value),
  requiredText,
);
const one = z.object({ name: requiredText, version: versionText });

async function find(
  { services, workspace }: MlflowContext,
  input: { name: string; version: string },
): Promise<{ asset: Asset; version: AssetVersion }> {
  const asset = await getRegisteredModel(services.db, workspace.id, input.name);
  return { asset, version: await getVersionOf(services.db, asset, input.version) };
}

async function answer(context: MlflowContext, input: { name: string; version: string }): Promise<object> {
  return { model_version: await readWireVersion(context.services.db, await find(context, input)) };
}

const create = jsonRoute({
  method: "POST",
  path: `${base}/create`,
  access: "contributor",
  input: z.object({
    name: requiredText,
    source: requiredText,
    run_id: text.optional(),
    run_link: text.optional(),
    model_id: text.optional(),
    description: text.default(""),
    tags: list(registryTag),
  }),
  async handle(context, input) {
    const { services, workspace, principal } = context;
    const { db } = services;
    const { name, description } = input;
    await getRegisteredModel(db, workspace.id, name);
    const found = await resolveModelSource(context, input.source);
    const run = input.run_id ? await getRunByName(db, workspace.id, input.run_id) : null;
    const version = await registerVersion(services, workspace.id, {
      ...{ name, description, tags: toRecord(input.tags), createdBy: principal.userId },
      ...{ source: found.source, path: input.source, runId: run?.id ?? found.runId, mayBeEmpty: true },
      details: {
        mlflow: {
          source: input.source,
          ...(input.run_link ? { runLink: input.run_link } : {}),
          ...(found.modelId ? { modelId: found.modelId } : {}),
        },
      },
    });
    return answer(context, { name, version: version.version });
  },
});

const get = jsonRoute({
  method: "GET",
  path: `${base}/get`,
  access: "reader",
  input: one,
  handle: answer,
});

const update = jsonRoute({
  method: "PATCH",
  path: `${base}/update`,
  access: "contributor",
  input: one.extend({ description: text.optional() }),
  async handle(context, input) {
    const { asset, version } = await find(context, input);
    const { description } = input;
    await context.services.db.transaction((tx) => updateAssetVersion(tx, asset, version, { description }));
    return answer(context, input);
  },
});

const transition = jsonRoute({
  method: "POST",
  path: `${base}/transition-stage`,
  access: "contributor",
  input: one.extend({ stage: requiredText, archive_existing_versions: boolean.default(false) }),
  async handle(context, input) {
    const stage = readStage(input.stage);
    const archive = input.archive_existing_versions;
    if (archive && stage !== "Staging" && stage !== "Production") {
      throw invalid(
        "archive_existing_versions",
        `Model version transition cannot archive existing model versions because '${stage}' is not an Active stage. Valid stages are Staging, Production`,
      );
    }
    const { asset, version } = await find(context, input);
    await context.services.db.transaction((tx) => moveToStage(tx, asset, version, stage, archive));
    return answer(context, input);
  },
});

const remove = jsonRoute({
  method: "DELETE",
  path: `${base}/delete`,
  access: "contributor",
  input: one,
  async handle(context, input) {
    const { asset, version } = await find(context, input);
    await context.services.db.transaction((tx) => deleteModelVersion(tx, asset, version));
    await discardOwnFiles(context.services, asset.workspaceId, [version.source]);
    return {};
  },
});

const search = jsonRoute({
  method: "GET",
  path: `${base}/search`,
  access: "reader",
  input: z.object({
    filter: text.optional(),
    max_results: maxResults(10_000, 200_000),
    order_by: list(text),
    page_token: text.optional(),
  }),
  async handle({ services, workspace }, input) {
    const { rows, nextCursor } = await searchModelVersions(services.db, {
      ...{ workspaceId: workspace.id, filter: input.filter, orderBy: input.order_by },
      ...{ cursor: input.page_token || undefined, limit: input.max_results },
    });
    const versions = await readWireVersions(services.db, rows);
    return { model_versions: versions, ...(nextCursor ? { next_page_token: nextCursor } : {}) };
  },
});

const downloadUri = jsonRoute({
  method: "GET",
  path: `${base}/get-download-uri`,
  access: "reader",
  input: one,
  async handle(context, input) {
    const { asset, version } = await find(context, input);
    const { source } = version;
    return { artifact_uri: source.kind === "uri" ? source.uri : versionArtifactUri(asset, version) };
  },
});

const setTag = jsonRoute({
  method: "POST",
  path: `${base}/set-tag`,
  access: "contributor",
  input: one.extend(registryTag.shape),
  async handle(context, input) {
    const found = await find(context, input);
    await context.services.db.transaction((tx) => changeVersionTag(tx, found, input.key, input.value));
    return {};
  },
});

const deleteTag = jsonRoute({
  method: "DELETE",
  path: `${base}/delete-tag`,
  access: "contributor",
  input: one.extend({ key: requiredText }),
  async handle(context, input) {
    const found = await find(context, input);
    await context.services.db.transaction((tx) => changeVersionTag(tx, found, input.key, null));
    return {};
  },
});

async function findFiles(
  context: MlflowContext,
  input: z.output<typeof one>,
  path: string,
): Promise<SetTarget> {
  const { version } = await find(context, input);
  return {
    set: openFileSet(context.services, context.workspace.id, version.source),
    path: checkArtifactPath(path),
    writable: false,
  };
}

const listFiles = jsonRoute({
  method: "GET",
  path: `${base}/list-artifacts`,
  access: "reader",
  input: one.extend({ path: text.default("") }),
  async handle(context, input) {
    const { files } = await listArtifacts(context, await findFiles(context, input, input.path));
    return { files };
  },
});

const getFile: MlflowRoute = {
  method: "GET",
  path: "/model-versions/get-artifact",
  access: "reader",
  async handle(context) {
    const input = parseInput(one.extend({ path: requiredText }), await readInput(context.http));
    return sendArtifact(context, await findFiles(context, input, input.path));
  },
};

export const modelVersionRoutes: readonly MlflowRoute[] = [
  ...[create, get, update, transition, remove, search],
  ...[downloadUri, setTag, deleteTag, listFiles, getFile],
];
