import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { and, eq } from "drizzle-orm";
import { assetVersions, previews } from "#db/schema/index.ts";
import { AppError, isAppError, notFound } from "#lib/core/errors.ts";
import { createDataset } from "#lib/datasets/commands.ts";
import { datasetDetails } from "#lib/datasets/model.ts";
import { getTableService } from "#lib/datasets/table-service.ts";
import { findMissingBlobs } from "#lib/files/commands.ts";
import { blobKey } from "#lib/files/keys.ts";
import { perServices } from "#lib/services/per-services.ts";
import type { Services } from "#lib/services/services.ts";
import { createTableEngine } from "#lib/tables/engine.ts";
import { type QueryAnswer, type TableProfile, tableProfile } from "#lib/tables/model.ts";
import { type PreviewTable, storedResult } from "../model.ts";

const timeoutMs = 10_000;
const memoryMib = 512;
const maxRows = 500;
/** More rows of a dataset are not asked. */
const maxSourceRows = 1_000_000;

interface Rows extends PreviewTable {
  rowCount: number | null;
  /** Whether they come of the first rows only. */
  sampled: boolean;
  profileSha256: string | null;
}

/** The file with the rows that a preview shows. Throws `NOT_FOUND` for one that is not ready, or shows no table. */
async function findRows(services: Services, workspaceId: string, key: string): Promise<Rows> {
  const [row] = await services.db
    .select({ result: previews.result })
    .from(previews)
    .where(and(eq(previews.workspaceId, workspaceId), eq(previews.key, key), eq(previews.status, "ready")));
  if (row) {
    const { table, rows, sampled } = storedResult.parse(row.result);
    if (table) return { ...table, rowCount: rows, sampled, profileSha256: null };
    throw notFound("A table at this port");
  }
  // A dataset on the canvas is named by its version.
  const [version] = await services.db
    .select({ details: assetVersions.details })
    .from(assetVersions)
    .where(and(eq(assetVersions.workspaceId, workspaceId), eq(assetVersions.id, key)));
  const details = version && datasetDetails.parse(version.details);
  if (!details?.table) throw notFound("This preview");
  const { table, profileSha256 } = details;
  const { parquetSha256, rowCount } = table;
  return { sha256: parquetSha256, format: "parquet", rowCount, sampled: false, profileSha256 };
}

/** The local copy. Rows that were removed since are computed anew when the port is looked at again. */
async function fetchRows(services: Services, workspaceId: string, key: string, { sha256 }: Rows) {
  try {
    return await getTableService(services).fetch(workspaceId, sha256);
  } catch (error) {
    if (!isAppError(error) || error.code !== "NOT_FOUND") throw error;
    await services.db
      .delete(previews)
      .where(and(eq(previews.workspaceId, workspaceId), eq(previews.key, key)));
    throw new AppError("CONFLICT", {
      userMessage:
        "The rows of this preview are not kept any more. Open it again, then they are computed anew.",
    });
  }
}

/** An engine of its own: what somebody writes never stops the tables of others. */
const getEngine = perServices("queries", ({ env }: Services) =>
  createTableEngine({ memoryMib, tempFolder: join(env.home, "cache", "spill") }),
);

/** Asks the rows of a preview in SQL. A fault is a 400 with its line, what takes longer than 10 s a `TIMEOUT`. */
export async function queryPreview(
  services: Services,
  workspaceId: string,
  { key, sql }: { key: string; sql: string },
): Promise<QueryAnswer & { cut: number | null }> {
  const rows = await findRows(services, workspaceId, key);
  const file = await fetchRows(services, workspaceId, key, rows);
  const { format } = rows;
  try {
    const query = { file, format, sql, maxRows, maxSourceRows, memoryMib };
    const answer = await getEngine(services).call("queryTable", query, timeoutMs);
    return { ...answer, cut: (rows.rowCount ?? 0) > maxSourceRows ? maxSourceRows : null };
  } catch (error) {
    if (isAppError(error) && error.code === "TIMEOUT")
      throw new AppError("TIMEOUT", {
        userMessage: `The query was stopped after ${timeoutMs / 1000} s. Ask for fewer rows, or join less.`,
      });
    throw error;
  }
}

/** Looks at every column of the rows of a preview; of a dataset, what was found when it came. */
export async function profilePreview(
  services: Services,
  workspaceId: string,
  key: string,
): Promise<TableProfile> {
  const rows = await findRows(services, workspaceId, key);
  if (rows.profileSha256) {
    const stored = await services.store.get(blobKey(workspaceId, rows.profileSha256));
    return tableProfile.parse(JSON.parse(await text(stored.body)));
  }
  const path = await fetchRows(services, workspaceId, key, rows);
  const tables = getTableService(services);
  if (rows.format === "parquet") {
    const shape = await tables.engine.call("inspectParquet", { file: path });
    return tables.engine.call("profileTable", { file: path, ...shape });
  }
  const folder = await mkdtemp(join(tmpdir(), "atelier-profile-"));
  try {
    const parquet = join(folder, "data.parquet");
    const shape = await tables.engine.call("ingestCsv", { file: path, parquet, options: {} });
    return await tables.engine.call("profileTable", { file: parquet, ...shape });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Makes a version of a dataset of the rows of a preview. */
export async function saveRows(
  services: Services,
  workspaceId: string,
  userId: string,
  { key, name, description }: { key: string; name: string; description: string },
): Promise<{ name: string; version: string; rowCount: number | null }> {
  const rows = await findRows(services, workspaceId, key);
  const { sha256, format, rowCount, sampled } = rows;
  await fetchRows(services, workspaceId, key, rows);
  // From here on it is a file of the dataset, which no clean-up of previews removes.
  const missing = await findMissingBlobs(services.db, workspaceId, [sha256]);
  if (missing.length > 0) throw notFound("The rows of this preview");
  const { version } = await createDataset(services, workspaceId, userId, {
    name,
    description,
    tags: {},
    properties: { "atelier.preview": sampled ? "sample" : "whole" },
    source: { sha256, fileName: `${name}.${format}` },
    csvOptions: {},
  });
  return { name, version, rowCount };
}
