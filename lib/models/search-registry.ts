import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { assets, assetVersions } from "#db/schema/index.ts";
import type { Asset, AssetVersion } from "#lib/assets/commands.ts";
import { bindNumbers, bindTexts, bindTimes, compare } from "#lib/filter/compare.ts";
import { type CheckedClause, checkClause, type FieldSet, resolveIdentifier } from "#lib/filter/fields.ts";
import { createKeyset, type SortTerm } from "#lib/filter/keyset.ts";
import { parseFilter, parseOrder } from "#lib/filter/parse.ts";

const scopes = {
  scopes: { tags: "text" },
  scopeAliases: { tag: "tags", attr: "attributes", attribute: "attributes" },
} as const;

const modelFields: FieldSet = {
  noun: "a registered model",
  fields: { name: "text", creation_timestamp: "time", last_updated_timestamp: "time" },
  aliases: { timestamp: "last_updated_timestamp" },
  ...scopes,
};

const versionFields: FieldSet = {
  noun: "a model version",
  fields: {
    name: "text",
    run_id: "text",
    source_path: "text",
    version_number: "number",
    current_stage: "text",
    creation_timestamp: "time",
    last_updated_timestamp: "time",
  },
  aliases: { version: "version_number", source: "source_path", stage: "current_stage" },
  ...scopes,
};

/** Old numbers are compared as numbers; a version that is a text has none. */
const versionNumber = sql`(case when v.version ~ '^[0-9]{1,9}$' then v.version::int end)`;

const modelColumns: Record<string, SQL> = {
  name: sql`a.name`,
  creation_timestamp: sql`a.created_at`,
  last_updated_timestamp: sql`a.updated_at`,
};

const versionColumns: Record<string, SQL> = {
  name: sql`a.name`,
  run_id: sql`(select r.name from runs r where r.id = v.run_id)`,
  source_path: sql`coalesce(v.details -> 'mlflow' ->> 'source', v.path)`,
  version_number: versionNumber,
  current_stage: sql`coalesce(v.details ->> 'stage', 'None')`,
  creation_timestamp: sql`v.created_at`,
  last_updated_timestamp: sql`v.updated_at`,
};

/** Prompts are kept by some clients as models with this tag; only a filter that names it finds them. */
const promptTag = "mlflow.prompt.is_prompt";

interface Searched {
  fields: FieldSet;
  columns: Record<string, SQL>;
  tags: SQL;
}

const models: Searched = { fields: modelFields, columns: modelColumns, tags: sql`a.tags` };
const versions: Searched = { fields: versionFields, columns: versionColumns, tags: sql`v.tags` };

function expressionOf(searched: Searched, scope: string | null, key: string): SQL {
  if (scope === "tags") {
    const tag = sql`${searched.tags} ->> ${key}::text`;
    return key === promptTag ? sql`coalesce(${tag}, 'false')` : tag;
  }
  const column = searched.columns[key];
  if (!column) throw new Error(`${searched.fields.noun} has no column for ${key}`);
  return column;
}

function toCondition(searched: Searched, clause: CheckedClause): SQL {
  const { type, values, operator, scope, key } = clause;
  const bound =
    type === "time" ? bindTimes(values) : type === "number" ? bindNumbers(values) : bindTexts(values);
  return compare(expressionOf(searched, scope, key), operator, bound);
}

function conditionsOf(searched: Searched, filter: string | undefined): SQL | undefined {
  const clauses = parseFilter(filter ?? "").map((clause) => checkClause(searched.fields, clause));
  const namesPrompts = clauses.some((clause) => clause.scope === "tags" && clause.key === promptTag);
  const noPrompts = sql`coalesce(${searched.tags} ->> ${promptTag}, 'false') <> 'true'`;
  return and(namesPrompts ? undefined : noPrompts, ...clauses.map((clause) => toCondition(searched, clause)));
}

function termsOf(searched: Searched, orderBy: readonly string[]): SortTerm[] {
  const orders = orderBy.flatMap((text) => parseOrder(text));
  return orders.map(({ identifier, descending }) => {
    const { scope, key, type } = resolveIdentifier(searched.fields, identifier, "sort");
    return {
      expression: expressionOf(searched, scope, key),
      descending,
      type: type === "time" || type === "number" ? type : "text",
      nullable: scope !== null || key === "run_id" || key === "version_number",
    };
  });
}

const ascending = (expression: SQL): SortTerm => ({
  expression,
  descending: false,
  type: "text",
  nullable: false,
});

export interface RegistrySearch {
  workspaceId: string;
  filter?: string | undefined;
  orderBy: readonly string[];
  cursor?: string | undefined;
  limit: number;
}

type IdRow = Record<string, unknown> & { id: string };

function toPage<T extends { id: string }>(
  found: readonly IdRow[],
  limit: number,
  rows: readonly T[],
  nextCursor: (row: IdRow) => string,
): { rows: T[]; nextCursor: string | null } {
  const last = found.slice(0, limit).at(-1);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return {
    rows: found.slice(0, limit).flatMap(({ id }) => byId.get(id) ?? []),
    nextCursor: found.length > limit && last ? nextCursor(last) : null,
  };
}

const readIds = (found: readonly IdRow[]) => sql`any(${sql.param(found.map((row) => row.id))}::text[])`;

/** Models that a filter finds, by name unless told; deleted ones are not among them. */
export async function searchModels(
  db: Queryable,
  search: RegistrySearch,
): Promise<{ rows: Asset[]; nextCursor: string | null }> {
  const terms = [...termsOf(models, search.orderBy), ascending(sql`a.name`)];
  const keyset = createKeyset(terms, { cursor: search.cursor });
  const kept = sql`(a.archived_at is null or exists (
    select 1 from asset_versions v where v.asset_id = a.id and v.deleted_at is null))`;
  const found = await db.execute<IdRow>(sql`
    select a.id, ${keyset.columns} from assets a
    where ${and(
      sql`a.workspace_id = ${search.workspaceId} and a.kind = 'model'`,
      kept,
      conditionsOf(models, search.filter),
      keyset.after,
    )} order by ${keyset.orderBy} limit ${search.limit + 1}`);
  const rows = await db
    .select()
    .from(assets)
    .where(sql`${assets.id} = ${readIds(found)}`);
  return toPage(found, search.limit, rows, keyset.nextCursor);
}

/** Versions that a filter finds, with their models; by name, the newest first, unless told. */
export async function searchModelVersions(
  db: Queryable,
  search: RegistrySearch,
): Promise<{ rows: { asset: Asset; version: AssetVersion }[]; nextCursor: string | null }> {
  const terms: SortTerm[] = [
    ...termsOf(versions, search.orderBy),
    ascending(sql`a.name`),
    { expression: versionNumber, descending: true, type: "number", nullable: true },
    ascending(sql`v.id`),
  ];
  const keyset = createKeyset(terms, { cursor: search.cursor });
  const found = await db.execute<IdRow>(sql`
    select v.id, ${keyset.columns} from asset_versions v join assets a on a.id = v.asset_id
    where ${and(
      sql`a.workspace_id = ${search.workspaceId} and a.kind = 'model' and v.deleted_at is null`,
      conditionsOf(versions, search.filter),
      keyset.after,
    )} order by ${keyset.orderBy} limit ${search.limit + 1}`);
  const rows = await db
    .select({ asset: assets, version: assetVersions })
    .from(assetVersions)
    .innerJoin(assets, eq(assets.id, assetVersions.assetId))
    .where(and(sql`${assetVersions.id} = ${readIds(found)}`, isNull(assetVersions.deletedAt)));
  const page = toPage(
    found,
    search.limit,
    rows.map((row) => ({ ...row, id: row.version.id })),
    keyset.nextCursor,
  );
  return { rows: page.rows.map(({ asset, version }) => ({ asset, version })), nextCursor: page.nextCursor };
}
