import { and, eq, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { loggedModels } from "#db/schema/index.ts";
import { bindNumbers, bindTexts, bindTimes, compare } from "#lib/filter/compare.ts";
import { type CheckedClause, checkClause, type FieldSet, resolveIdentifier } from "#lib/filter/fields.ts";
import { createKeyset, type SortTerm } from "#lib/filter/keyset.ts";
import { parseFilter, parseOrder } from "#lib/filter/parse.ts";
import type { LoggedModel } from "../queries/logged-models.ts";

const loggedModelFields: FieldSet = {
  noun: "a logged model",
  fields: {
    name: "text",
    model_id: "text",
    model_type: "text",
    status: "text",
    source_run_id: "text",
    creation_timestamp: "time",
    last_updated_timestamp: "time",
  },
  aliases: {
    creation_time: "creation_timestamp",
    creation_timestamp_ms: "creation_timestamp",
    last_updated_timestamp_ms: "last_updated_timestamp",
    last_update_time: "last_updated_timestamp",
  },
  scopes: { metrics: "number", params: "text", tags: "text" },
  scopeAliases: {
    metric: "metrics",
    param: "params",
    parameter: "params",
    parameters: "params",
    tag: "tags",
    attr: "attributes",
    attribute: "attributes",
  },
};

const columns: Record<string, SQL> = {
  name: sql`logged_models.name`,
  model_id: sql`logged_models.id`,
  model_type: sql`logged_models.model_type`,
  status: sql`replace(logged_models.status, 'LOGGED_MODEL_', '')`,
  source_run_id: sql`(select r.name from runs r where r.id = logged_models.source_run_id)`,
  creation_timestamp: sql`logged_models.created_at`,
  last_updated_timestamp: sql`logged_models.updated_at`,
};

export interface DatasetName {
  name: string;
  digest?: string | undefined;
}

/** Values measured of the model, on one of the data sets when some are named. */
function measured(key: string, datasets: readonly DatasetName[]): SQL {
  const on = datasets.map(
    ({ name, digest }) =>
      sql`(l.dataset_name = ${name}${digest ? sql` and l.dataset_digest = ${digest}` : sql``})`,
  );
  const dataset = on.length > 0 ? sql`and (${sql.join(on, sql` or `)})` : sql``;
  return sql`from logged_model_metrics l where l.model_id = logged_models.id and l.key = ${key} ${dataset}`;
}

function expressionOf(scope: string | null, key: string): SQL {
  if (scope === "params") return sql`logged_models.params ->> ${key}::text`;
  if (scope === "tags") return sql`logged_models.tags ->> ${key}::text`;
  const column = columns[key];
  if (!column) throw new Error(`the field ${key} of a logged model has no column`);
  return column;
}

function toCondition(clause: CheckedClause, datasets: readonly DatasetName[]): SQL {
  const { scope, key, operator, type, values } = clause;
  if (scope === "metrics") {
    const source = measured(key, datasets);
    if (operator === "IS NULL") return sql`not exists (select 1 ${source})`;
    if (operator === "IS NOT NULL") return sql`exists (select 1 ${source})`;
    return sql`exists (select 1 ${source} and not l.is_nan and ${compare(sql`l.value`, operator, bindNumbers(values))})`;
  }
  const plain = values.map((value) => String(value).replace(/^LOGGED_MODEL_/, ""));
  const bound = type === "time" ? bindTimes(values) : bindTexts(key === "status" ? plain : values);
  return compare(expressionOf(scope, key), operator, bound);
}

export interface LoggedModelOrder {
  fieldName: string;
  ascending: boolean;
  dataset?: DatasetName | undefined;
}

function toTerm(order: LoggedModelOrder): SortTerm {
  const [parsed] = parseOrder(order.fieldName);
  if (!parsed) throw new Error("an order without a field passed the check of the request");
  const { scope, key, type } = resolveIdentifier(loggedModelFields, parsed.identifier, "sort");
  const descending = !order.ascending;
  if (scope === "metrics") {
    const latest = sql`order by l.step desc, l."timestamp" desc limit 1`;
    const source = measured(key, order.dataset ? [order.dataset] : []);
    const expression = sql`(select l.value ${source} and not l.is_nan ${latest})`;
    return { expression, descending, type: "number", nullable: true };
  }
  const expression = expressionOf(scope, key);
  const nullable = scope !== null || key === "source_run_id";
  return { expression, descending, type: type === "time" ? "time" : "text", nullable };
}

export interface LoggedModelSearch {
  workspaceId: string;
  experimentNumbers: readonly number[];
  filter?: string | undefined;
  datasets: readonly DatasetName[];
  /** The newest first unless told. */
  orderBy: readonly LoggedModelOrder[];
  cursor?: string | undefined;
  limit: number;
}

/** One page of the logged models that a filter finds. */
export async function searchLoggedModels(
  db: Queryable,
  search: LoggedModelSearch,
): Promise<{ rows: LoggedModel[]; nextCursor: string | null }> {
  const terms: SortTerm[] = [
    ...search.orderBy.map(toTerm),
    { expression: sql`logged_models.created_at`, descending: true, type: "time", nullable: false },
    { expression: sql`logged_models.id`, descending: false, type: "text", nullable: false },
  ];
  const keyset = createKeyset(terms, { cursor: search.cursor });
  const clauses = parseFilter(search.filter ?? "").map((clause) => checkClause(loggedModelFields, clause));
  const onDatasets = search.datasets.map(
    ({ name, digest }) => sql`exists (
      select 1 from logged_model_metrics l where l.model_id = logged_models.id and l.dataset_name = ${name}
      ${digest ? sql`and l.dataset_digest = ${digest}` : sql``})`,
  );
  const found = await db.execute<Record<string, unknown> & { id: string }>(sql`
    select logged_models.id, ${keyset.columns} from logged_models
    where ${and(
      eq(loggedModels.workspaceId, search.workspaceId),
      isNull(loggedModels.deletedAt),
      sql`${loggedModels.experimentNumber} = any(${sql.param(search.experimentNumbers)}::bigint[])`,
      onDatasets.length > 0 ? or(...onDatasets) : undefined,
      ...clauses.map((clause) => toCondition(clause, search.datasets)),
      keyset.after,
    )}
    order by ${keyset.orderBy} limit ${search.limit + 1}`);
  const page = found.slice(0, search.limit);
  const last = page.at(-1);
  const ids = page.map((row) => row.id);
  const rows = await db
    .select()
    .from(loggedModels)
    .where(sql`${loggedModels.id} = any(${sql.param(ids)}::text[])`);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return {
    rows: ids.flatMap((id) => byId.get(id) ?? []),
    nextCursor: found.length > search.limit && last ? keyset.nextCursor(last) : null,
  };
}
