import { text } from "node:stream/consumers";
import { getAssetVersion } from "#lib/assets/queries.ts";
import { isAppError } from "#lib/core/errors.ts";
import { datasetDetails } from "#lib/datasets/model.ts";
import { getTableService } from "#lib/datasets/table-service.ts";
import { blobKey } from "#lib/files/keys.ts";
import type { Services } from "#lib/services/services.ts";
import { parseRef } from "#lib/spec/parse-ref.ts";
import { type ColumnProfile as TableColumnProfile, tableProfile } from "#lib/tables/model.ts";
import type { DataNode } from "../document/types.ts";
import type { ColumnProfile, Preview, PreviewError } from "../model.ts";

const rows = 50;
const types: Record<string, string> = { number: "double", text: "string" };

function failure(node: DataNode, message: string, hint: string | null = null): Preview {
  const none = { progress: null, origin: null, hasRows: false };
  const place = { node: node.id, parameter: null, column: null, row: null };
  const error: PreviewError = { code: "NO_DATA", message, hint, ...place };
  const { id, path: key } = node;
  return { node: id, port: "out", key, status: "failed", result: null, error, heavyNodes: [], ...none };
}

/** What a data node holds: the whole dataset, as it was profiled when it came. */
export async function previewData(services: Services, workspaceId: string, node: DataNode): Promise<Preview> {
  try {
    const ref = parseRef(node.path);
    if (ref.kind !== "asset") return failure(node, "Only datasets of the workspace are shown here.");
    const isModel = /model$/.test(node.type);
    const kind = isModel ? "model" : "dataset";
    const { version } = await getAssetVersion(services.db, workspaceId, kind, ref.name, ref);
    const seconds = 0;
    const base = {
      node: node.id,
      port: "out",
      key: version.id,
      error: null,
      heavyNodes: [],
      progress: null,
      origin: null,
    };
    const none = { rows: null, sampled: false, columns: [], head: [], fact: null, seconds };
    if (isModel) {
      const facts = [
        { name: "Model", value: `${ref.name}:${version.version}` },
        { name: "Type", value: version.type },
      ];
      const result = { kind: "facts" as const, ...none, sizeBytes: version.sizeBytes, facts };
      return { ...base, status: "ready", result, hasRows: false };
    }
    const { table, profileSha256, problem } = datasetDetails.parse(version.details);
    if (!table) return failure(node, problem ?? `${ref.name} holds no table that can be shown.`);
    const tables = getTableService(services);
    const file = await tables.fetch(workspaceId, table.parquetSha256);
    const { columns, rowCount } = table;
    const query = { offset: 0, limit: rows, filters: [] };
    const page = await tables.engine.call("readPage", { file, columns, rowCount, query });
    const profiled = profileSha256 ? await readProfile(services, workspaceId, profileSha256) : null;
    const known = new Map(profiled?.map((column) => [column.name, column]));
    return {
      ...base,
      status: "ready",
      hasRows: true,
      result: {
        ...none,
        kind: "table",
        rows: rowCount,
        columns: columns.map(({ name, kind: type }) => toColumn(name, type, known.get(name))),
        head: page.rows,
        sizeBytes: version.sizeBytes,
        facts: [],
      },
    };
  } catch (error) {
    if (isAppError(error)) return failure(node, error.userMessage);
    throw error;
  }
}

async function readProfile(services: Services, workspaceId: string, sha256: string) {
  const stored = await services.store.get(blobKey(workspaceId, sha256));
  return tableProfile.parse(JSON.parse(await text(stored.body))).columns;
}

function toColumn(name: string, kind: string, profile: TableColumnProfile | undefined): ColumnProfile {
  const type = types[kind] ?? kind;
  const base = { name, type, categorical: false, role: "feature" };
  if (!profile)
    return { ...base, missing: 0, unique: null, min: null, max: null, mean: null, histogram: null };
  const { missingCount: missing, distinctCount: unique, min, max, mean, histogram, otherCount } = profile;
  const numeric = histogram.every(({ from, to }) => from !== null && to !== null);
  const bins = histogram.map(({ label, from, to, count }) =>
    from !== null && to !== null ? { from, to, count } : { value: label, count },
  );
  const shape = { kind: numeric ? ("numeric" as const) : ("category" as const), bins, others: otherCount };
  return { ...base, missing, unique, min, max, mean, histogram: bins.length > 0 ? shape : null };
}
