import { Readable } from "node:stream";
import { eq } from "drizzle-orm";
import { assets, assetVersions } from "#db/schema/index.ts";
import { updateAssetVersion } from "#lib/assets/commands.ts";
import { isAppError, messageOf } from "#lib/core/errors.ts";
import { storeBlob } from "#lib/files/commands.ts";
import { openFileSet } from "#lib/files/file-set.ts";
import type { ClaimedTask } from "#lib/queue/commands.ts";
import type { TaskHandler } from "#lib/queue/loop.ts";
import type { Services } from "#lib/services/services.ts";
import { type DatasetDetails, datasetDetails } from "./model.ts";
import { findTableFile } from "./table-file.ts";
import { getTableService } from "./table-service.ts";

const profileTimeoutMs = 20 * 60_000;

async function findRow(services: Services, versionId: string) {
  const [row] = await services.db
    .select({ asset: assets, version: assetVersions })
    .from(assetVersions)
    .innerJoin(assets, eq(assets.id, assetVersions.assetId))
    .where(eq(assetVersions.id, versionId));
  return row && !row.version.deletedAt ? row : null;
}

async function save(services: Services, versionId: string, change: Partial<DatasetDetails>): Promise<void> {
  await services.db.transaction(async (tx) => {
    const row = await findRow({ ...services, db: tx as Services["db"] }, versionId);
    if (!row) return;
    const details = { ...datasetDetails.parse(row.version.details), ...change };
    await updateAssetVersion(tx, row.asset, row.version, { details });
  });
}

/** The table in a version's files; of an output of a run it is not known yet. */
async function findTable(services: Services, versionId: string): Promise<DatasetDetails["table"]> {
  const row = await findRow(services, versionId);
  if (!row) return null;
  const details = datasetDetails.parse(row.version.details);
  if (details.table) return details.table;
  const { workspaceId, source } = row.version;
  const files = await openFileSet(services, workspaceId, source).list();
  const file = findTableFile(files);
  if (!file) return null;
  const tables = getTableService(services);
  const path = await tables.fetch(workspaceId, file.sha256);
  const table = await tables.ingest(workspaceId, { ...file, path }, details.csvOptions ?? {});
  await save(services, versionId, { table, format: files.length > 1 ? "folder" : file.format });
  return table;
}

/** `dataset.prepare`: finds the table of a version and profiles it. */
export const prepareDatasetHandler: TaskHandler = {
  async run(services: Services, task: ClaimedTask) {
    const versionId = String(task.payload.versionId);
    const table = await findTable(services, versionId);
    const row = await findRow(services, versionId);
    if (!table || !row) return;
    const { workspaceId } = row.version;
    const tables = getTableService(services);
    const file = await tables.fetch(workspaceId, table.parquetSha256);
    const input = { file, columns: table.columns, rowCount: table.rowCount };
    const profile = await tables.engine.call("profileTable", input, profileTimeoutMs);
    const stored = await storeBlob(
      services,
      workspaceId,
      Readable.from([Buffer.from(JSON.stringify(profile))]),
    );
    await save(services, versionId, { profileSha256: stored.sha256, problem: null });
  },
  async giveUp(services: Services, task: ClaimedTask, error: unknown) {
    const problem = isAppError(error) ? error.userMessage : messageOf(error);
    await save(services, String(task.payload.versionId), { problem });
  },
};
