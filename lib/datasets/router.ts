import { text } from "node:stream/consumers";
import { implement } from "@orpc/server";
import type { WorkspaceContext } from "#lib/api/context.ts";
import { updateAsset, updateAssetVersion } from "#lib/assets/commands.ts";
import { getAsset } from "#lib/assets/queries.ts";
import { AppError } from "#lib/core/errors.ts";
import { openFileSet } from "#lib/files/file-set.ts";
import { blobKey } from "#lib/files/keys.ts";
import { tableProfile } from "#lib/tables/model.ts";
import { createDataset, deleteDataset } from "./commands.ts";
import { datasetsContract } from "./contract.ts";
import { datasetDetails } from "./model.ts";
import { getDataset, getDatasetRow, getDatasetVersion, listDatasets, listDatasetUses } from "./queries.ts";
import { getTableService } from "./table-service.ts";

const os = implement(datasetsContract).$context<WorkspaceContext>();

export const datasetsRouter = os.router({
  list: os.list.handler(({ input, context }) =>
    listDatasets(context.services.db, { ...input, workspaceId: context.workspace.id }),
  ),
  create: os.create.handler(async ({ input, context }) => {
    const { services, workspace, principal } = context;
    const version = await createDataset(services, workspace.id, principal.userId, input);
    return getDatasetVersion(services.db, workspace.id, input.name, version.version);
  }),
  get: os.get.handler(({ input, context }) =>
    getDataset(context.services.db, context.workspace.id, input.name),
  ),
  update: os.update.handler(async ({ input, context }) => {
    const { db } = context.services;
    const asset = await getAsset(db, context.workspace.id, "dataset", input.name);
    await db.transaction((tx) => updateAsset(tx, asset, input));
    return getDataset(db, context.workspace.id, input.name);
  }),
  delete: os.delete.handler(async ({ input, context }) => ({
    deletedVersions: await deleteDataset(context.services.db, context.workspace.id, input.name),
  })),
  getVersion: os.getVersion.handler(({ input, context }) =>
    getDatasetVersion(context.services.db, context.workspace.id, input.name, input.version),
  ),
  updateVersion: os.updateVersion.handler(async ({ input, context }) => {
    const { db } = context.services;
    const { asset, version } = await getDatasetRow(db, context.workspace.id, input.name, input.version);
    const { description, tags, archived } = input;
    await db.transaction((tx) => updateAssetVersion(tx, asset, version, { description, tags, archived }));
    return getDatasetVersion(db, context.workspace.id, input.name, version.version);
  }),
  rows: os.rows.handler(async ({ input, context }) => {
    const { services, workspace } = context;
    const { version } = await getDatasetRow(services.db, workspace.id, input.name, input.version);
    const { table } = datasetDetails.parse(version.details);
    if (!table)
      throw new AppError("UNPROCESSABLE", { userMessage: `${input.name} holds no table that can be shown.` });
    const tables = getTableService(services);
    const file = await tables.fetch(workspace.id, table.parquetSha256);
    const { columns, rowCount } = table;
    return tables.engine.call("readPage", { file, columns, rowCount, query: input.query });
  }),
  profile: os.profile.handler(async ({ input, context }) => {
    const { services, workspace } = context;
    const { version } = await getDatasetRow(services.db, workspace.id, input.name, input.version);
    const { profileSha256, problem } = datasetDetails.parse(version.details);
    if (!profileSha256) return { profile: null, problem };
    const stored = await services.store.get(blobKey(workspace.id, profileSha256));
    return { profile: tableProfile.parse(JSON.parse(await text(stored.body))), problem: null };
  }),
  files: os.files.handler(async ({ input, context }) => {
    const { services, workspace } = context;
    const { version } = await getDatasetRow(services.db, workspace.id, input.name, input.version);
    if (version.source.kind === "uri") return { files: [] };
    return { files: await openFileSet(services, workspace.id, version.source).list() };
  }),
  uses: os.uses.handler(async ({ input, context }) => {
    const { db } = context.services;
    const { version } = await getDatasetRow(db, context.workspace.id, input.name, input.version);
    return listDatasetUses(db, version.id);
  }),
});
