import { buffer } from "node:stream/consumers";
import { z } from "zod";
import { getAssetVersion } from "#lib/assets/queries.ts";
import { invalid } from "#lib/core/errors.ts";
import { datasetDetails } from "#lib/datasets/model.ts";
import { getTableService } from "#lib/datasets/table-service.ts";
import { blobKey } from "#lib/files/keys.ts";
import type { PipelineGraph } from "#lib/pipelines/model.ts";
import type { Services } from "#lib/services/services.ts";
import { parseRef } from "#lib/spec/parse-ref.ts";
import type { CellValue, TableColumn } from "#lib/tables/model.ts";
import type { SavedFile } from "./saved-files.ts";
import type { ScoringGraph } from "./scoring-graph.ts";

export interface RequestColumn {
  name: string;
  type: "string" | "integer" | "double" | "boolean" | "datetime";
  /** Others may be left out of a request; they count as missing. */
  required: boolean;
}

export interface RequestShape {
  columns: RequestColumn[];
  /** One row of the sample, as a request would bring it. */
  example: { columns: string[]; data: CellValue[][] } | null;
}

const types: Record<TableColumn["kind"], RequestColumn["type"]> = {
  number: "double",
  integer: "integer",
  text: "string",
  boolean: "boolean",
  datetime: "datetime",
  other: "string",
};

const modelFile = z.looseObject({ features: z.array(z.looseObject({ name: z.string() })).optional() });

/** The columns of a request: those of the table at the Web Service Input, without the label. */
export async function describeRequests(
  services: Services,
  workspaceId: string,
  graph: PipelineGraph,
  scoring: ScoringGraph,
  saved: readonly SavedFile[],
): Promise<RequestShape> {
  const { inputNode } = scoring;
  const at = `jobs.${inputNode.name}.inputs.dataset`;
  const binding = inputNode.inputs.dataset;
  const input = binding?.kind === "pipeline_input" ? graph.inputs[binding.name] : undefined;
  const path = binding?.kind === "data" ? binding.path : input?.kind === "data" ? input.path : undefined;
  if (path === undefined)
    throw invalid(at, "must be connected to a dataset, which says what columns a request has");
  const ref = parseRef(path);
  if (ref.kind !== "asset") throw invalid(at, "must be a dataset of this workspace", path);
  const { version } = await getAssetVersion(services.db, workspaceId, "dataset", ref.name, ref);
  const { table } = datasetDetails.parse(version.details);
  if (!table) throw invalid(at, "must be a table: this dataset could not be read as one", path);
  const label = inputNode.inputs.label_column;
  const labelName = label?.kind === "literal" ? label.value : null;
  const used = await readFeatures(services, workspaceId, saved);
  const columns = table.columns
    .filter(({ name }) => name !== labelName)
    .map(({ name, kind }) => ({ name, type: types[kind], required: used.has(name) }));
  const tables = getTableService(services);
  const file = await tables.fetch(workspaceId, table.parquetSha256);
  const page = await tables.engine.call("readPage", {
    file,
    columns: table.columns,
    rowCount: table.rowCount,
    query: { offset: 0, limit: 1, filters: [] },
  });
  return { columns, example: exampleOf(columns, page) };
}

function exampleOf(
  columns: RequestColumn[],
  page: { columns: { name: string }[]; rows: CellValue[][] },
): RequestShape["example"] {
  const [row] = page.rows;
  if (!row) return null;
  const at = new Map(page.columns.map(({ name }, index) => [name, index]));
  return {
    columns: columns.map(({ name }) => name),
    data: [columns.map(({ name }) => row[at.get(name) ?? -1] ?? null)],
  };
}

/** What the trained models among the saved things were trained on. */
async function readFeatures(
  services: Services,
  workspaceId: string,
  saved: readonly SavedFile[],
): Promise<Set<string>> {
  const names = new Set<string>();
  for (const { path, sha256 } of saved) {
    if (!path.endsWith("/model.json")) continue;
    const bytes = await buffer((await services.store.get(blobKey(workspaceId, sha256))).body);
    for (const { name } of modelFile.parse(JSON.parse(bytes.toString("utf8"))).features ?? [])
      names.add(name);
  }
  return names;
}
