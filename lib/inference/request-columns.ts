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
  /** Those that the model was trained on; others are taken as well. */
  values?: string[];
}

/** How the two classes of the answer are told apart. */
export interface RequestScores {
  positive: string;
  threshold: number;
}

export interface RequestShape {
  columns: RequestColumn[];
  /** Null where the model does not choose between two classes. */
  scores: RequestScores | null;
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

/** More values than these are no choice. */
const mostValues = 50;

const classValue = z.union([z.string(), z.number(), z.boolean()]);
const modelFile = z.looseObject({
  task: z.string().nullish(),
  classes: z.array(classValue).nullish(),
  features: z.array(z.looseObject({ name: z.string(), categories: z.array(z.string()).nullish() })).nullish(),
});
type ModelFile = z.infer<typeof modelFile>;

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
  const models = await readModels(services, workspaceId, saved);
  const used = new Map(models.flatMap(({ features }) => (features ?? []).map((item) => [item.name, item])));
  const columns = table.columns
    .filter(({ name }) => name !== labelName)
    .map(({ name, kind }): RequestColumn => {
      const values = types[kind] === "string" ? used.get(name)?.categories : null;
      return {
        name,
        type: types[kind],
        required: used.has(name),
        ...(values && values.length <= mostValues ? { values } : {}),
      };
    });
  const tables = getTableService(services);
  const file = await tables.fetch(workspaceId, table.parquetSha256);
  const page = await tables.engine.call("readPage", {
    file,
    columns: table.columns,
    rowCount: table.rowCount,
    query: { offset: 0, limit: 1, filters: [] },
  });
  return { columns, scores: scoresOf(models, scoring), example: exampleOf(columns, page) };
}

function scoresOf(models: ModelFile[], { nodes }: ScoringGraph): RequestScores | null {
  const [model, other] = models;
  const positive = model?.classes?.[1];
  if (other || model?.task !== "binary" || positive === undefined) return null;
  const threshold = nodes.find(({ module }) => module === "score_model")?.parameters.threshold;
  return { positive: String(positive), threshold: typeof threshold === "number" ? threshold : 0.5 };
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

/** What the trained models among the saved things say of themselves. */
async function readModels(
  services: Services,
  workspaceId: string,
  saved: readonly SavedFile[],
): Promise<ModelFile[]> {
  const models: ModelFile[] = [];
  for (const { path, sha256 } of saved) {
    if (!path.endsWith("/model.json")) continue;
    const bytes = await buffer((await services.store.get(blobKey(workspaceId, sha256))).body);
    models.push(modelFile.parse(JSON.parse(bytes.toString("utf8"))));
  }
  return models;
}
