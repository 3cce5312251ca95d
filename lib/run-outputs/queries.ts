import { and, eq } from "drizzle-orm";
import { runPorts } from "#db/schema/index.ts";
import { AppError, notFound } from "#lib/core/errors.ts";
import type { DatasetTable } from "#lib/datasets/model.ts";
import { findTableFile, type TableFile } from "#lib/datasets/table-file.ts";
import { getTableService } from "#lib/datasets/table-service.ts";
import { type FileSet, openFileSet } from "#lib/files/file-set.ts";
import { type FileEntry, isPicture } from "#lib/files/model.ts";
import { getRun } from "#lib/runs/queries/get-run.ts";
import type { Services } from "#lib/services/services.ts";
import type { RowsPage, RowsQuery, TableProfile } from "#lib/tables/model.ts";
import type { OutputView } from "./model.ts";
import { readMeanings, readModelFacts } from "./read-json.ts";

const profileTimeoutMs = 120_000;
const shownPictures = 12;
const keptShapes = 500;
const keptProfiles = 100;

interface Place {
  workspaceId: string;
  run: string;
  output: string;
}

interface OpenOutput {
  type: string;
  path: string;
  available: boolean;
  set: FileSet;
  files: FileEntry[];
}

/** An address has no name of its own here, and its files are not in the studio. */
async function openOutput(services: Services, { workspaceId, run, output }: Place): Promise<OpenOutput> {
  const row = await getRun(services.db, workspaceId, run);
  const [port] = await services.db
    .select()
    .from(runPorts)
    .where(and(eq(runPorts.runId, row.id), eq(runPorts.direction, "output"), eq(runPorts.name, output)));
  if (!port) throw notFound(`Output “${output}” of ${run}`);
  const source = port.source && port.source.kind !== "uri" ? port.source : { kind: "none" as const };
  const set = openFileSet(services, workspaceId, source);
  return {
    type: port.type,
    path: `azureml://jobs/${run}/outputs/${output}/paths/`,
    available: source.kind !== "none",
    set,
    files: await set.list(),
  };
}

/** What is known of files by their content stays true; the oldest is dropped. */
function createMemory<T>(most: number): (key: string, make: () => Promise<T>) => Promise<T> {
  const kept = new Map<string, Promise<T>>();
  return (key, make) => {
    const known = kept.get(key);
    if (known) return known;
    const made = make();
    kept.set(key, made);
    made.catch(() => kept.delete(key));
    const [oldest] = kept.keys();
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    return made;
  };
}

const shapes = createMemory<DatasetTable>(keptShapes);
const profiles = createMemory<TableProfile>(keptProfiles);

function readShape(services: Services, workspaceId: string, file: TableFile): Promise<DatasetTable> {
  return shapes(`${workspaceId}/${file.sha256}`, async () => {
    const tables = getTableService(services);
    const path = await tables.fetch(workspaceId, file.sha256);
    return tables.ingest(workspaceId, { ...file, path }, {});
  });
}

async function openTable(services: Services, place: Place): Promise<{ table: DatasetTable; file: string }> {
  const { files } = await openOutput(services, place);
  const found = findTableFile(files);
  if (!found) throw new AppError("UNPROCESSABLE", { userMessage: `“${place.output}” holds no table.` });
  const table = await readShape(services, place.workspaceId, found);
  const file = await getTableService(services).fetch(place.workspaceId, table.parquetSha256);
  return { table, file };
}

/** What an output holds. A table that cannot be read counts as none; its files can still be looked at. */
export async function getOutput(services: Services, place: Place): Promise<OutputView> {
  const { type, path, available, set, files } = await openOutput(services, place);
  const file = findTableFile(files);
  const shape = file
    ? await readShape(services, place.workspaceId, file).catch((error: unknown) => {
        if (error instanceof AppError) return null;
        throw error;
      })
    : null;
  return {
    name: place.output,
    type,
    available,
    path,
    fileCount: files.length,
    sizeBytes: files.reduce((sum, each) => sum + each.sizeBytes, 0),
    table: shape
      ? { columns: shape.columns, rowCount: shape.rowCount, meanings: await readMeanings(set, files) }
      : null,
    pictures: files.flatMap(({ path: file }) => (isPicture(file) ? [file] : [])).slice(0, shownPictures),
    hasEvaluation: files.some((each) => each.path === "evaluation.json"),
    hasExplanations: files.some((each) => each.path === "explanations.json"),
    model: await readModelFacts(set, files),
  };
}

export async function readOutputRows(services: Services, place: Place, query: RowsQuery): Promise<RowsPage> {
  const { table, file } = await openTable(services, place);
  const { columns, rowCount } = table;
  return getTableService(services).engine.call("readPage", { file, columns, rowCount, query });
}

export async function readOutputProfile(services: Services, place: Place): Promise<TableProfile> {
  const { table, file } = await openTable(services, place);
  const { columns, rowCount, parquetSha256 } = table;
  return profiles(`${place.workspaceId}/${parquetSha256}`, () =>
    getTableService(services).engine.call("profileTable", { file, columns, rowCount }, profileTimeoutMs),
  );
}
