import { implement } from "@orpc/server";
import type { WorkspaceContext } from "#lib/api/context.ts";
import { deleteAssetLabel, setAssetLabel, updateAsset, updateAssetVersion } from "#lib/assets/commands.ts";
import { getAsset } from "#lib/assets/queries.ts";
import { notFound } from "#lib/core/errors.ts";
import { openFileSet } from "#lib/files/file-set.ts";
import { deleteModel, registerModel } from "./commands.ts";
import { modelsContract } from "./contract.ts";
import { readLineage } from "./lineage.ts";
import { readMlmodel } from "./mlmodel.ts";
import { getModel, getModelRow, getModelVersion, listModels } from "./queries.ts";
import { moveToStage } from "./registry.ts";
import { findRunRow, listRunModels } from "./run-models.ts";

const os = implement(modelsContract).$context<WorkspaceContext>();

export const modelsRouter = os.router({
  list: os.list.handler(({ input, context }) =>
    listModels(context.services.db, { ...input, workspaceId: context.workspace.id }),
  ),
  register: os.register.handler(async ({ input, context }) => {
    const { services, workspace, principal } = context;
    const version = await registerModel(services, workspace.id, principal.userId, input);
    return getModelVersion(services.db, workspace.id, input.name, version.version);
  }),
  get: os.get.handler(({ input, context }) =>
    getModel(context.services.db, context.workspace.id, input.name),
  ),
  update: os.update.handler(async ({ input, context }) => {
    const { db } = context.services;
    const asset = await getAsset(db, context.workspace.id, "model", input.name);
    await db.transaction((tx) => updateAsset(tx, asset, input));
    return getModel(db, context.workspace.id, input.name);
  }),
  delete: os.delete.handler(async ({ input, context }) => {
    await getAsset(context.services.db, context.workspace.id, "model", input.name);
    return { deletedVersions: await deleteModel(context.services, context.workspace.id, input.name) };
  }),
  getVersion: os.getVersion.handler(({ input, context }) =>
    getModelVersion(context.services.db, context.workspace.id, input.name, input.version),
  ),
  updateVersion: os.updateVersion.handler(async ({ input, context }) => {
    const { db } = context.services;
    const { asset, version } = await getModelRow(db, context.workspace.id, input.name, input.version);
    const { description, tags, archived, stage } = input;
    await db.transaction(async (tx) => {
      await updateAssetVersion(tx, asset, version, { description, tags, archived });
      if (stage) await moveToStage(tx, asset, version, stage, false);
    });
    return getModelVersion(db, context.workspace.id, input.name, version.version);
  }),
  setLabel: os.setLabel.handler(async ({ input, context }) => {
    const { db } = context.services;
    const { asset, version } = await getModelRow(db, context.workspace.id, input.name, input.version);
    await db.transaction((tx) => setAssetLabel(tx, asset, input.label, version));
    return getModelVersion(db, context.workspace.id, input.name, version.version);
  }),
  deleteLabel: os.deleteLabel.handler(async ({ input, context }) => {
    const { db } = context.services;
    const asset = await getAsset(db, context.workspace.id, "model", input.name);
    const gone = await db.transaction((tx) => deleteAssetLabel(tx, asset, input.label));
    if (!gone) throw notFound(`Label “${input.label}”`);
    return {};
  }),
  facts: os.facts.handler(async ({ input, context }) => {
    const { services, workspace } = context;
    const { version } = await getModelRow(services.db, workspace.id, input.name, input.version);
    if (version.source.kind === "uri") return { facts: null };
    return { facts: await readMlmodel(openFileSet(services, workspace.id, version.source)) };
  }),
  files: os.files.handler(async ({ input, context }) => {
    const { services, workspace } = context;
    const { version } = await getModelRow(services.db, workspace.id, input.name, input.version);
    if (version.source.kind === "uri") return { files: [] };
    return { files: await openFileSet(services, workspace.id, version.source).list() };
  }),
  lineage: os.lineage.handler(async ({ input, context }) => {
    const { db } = context.services;
    const { asset, version } = await getModelRow(db, context.workspace.id, input.name, input.version);
    return readLineage(db, asset, version);
  }),
  candidates: os.candidates.handler(async ({ input, context }) => {
    const { services, workspace } = context;
    const run = await findRunRow(services.db, workspace.id, input.run);
    if (!run) throw notFound(`Run “${input.run}”`);
    return { items: await listRunModels(services, run) };
  }),
});
