import { and, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { experiments } from "#db/schema/index.ts";
import { bindNumbers, bindTexts, bindTimes, compare } from "#lib/filter/compare.ts";
import {
  type CheckedClause,
  checkClause,
  type FieldSet,
  resolveIdentifier,
  type Target,
} from "#lib/filter/fields.ts";
import { createKeyset, type SortTerm } from "#lib/filter/keyset.ts";
import { parseFilter, parseOrder } from "#lib/filter/parse.ts";
import type { Experiment } from "../experiments.ts";

const experimentFields: FieldSet = {
  noun: "an experiment",
  fields: { name: "text", experiment_id: "number", creation_time: "time", last_update_time: "time" },
  aliases: { created: "creation_time", updated: "last_update_time", id: "experiment_id" },
  scopes: { tags: "text" },
  scopeAliases: { tag: "tags", attr: "attributes", attribute: "attributes" },
};

const columns: Record<string, SQL> = {
  name: sql`experiments.name`,
  experiment_id: sql`experiments.number`,
  creation_time: sql`experiments.created_at`,
  last_update_time: sql`experiments.updated_at`,
};

function columnOf({ scope, key }: Target): SQL {
  const column = scope === null ? columns[key] : sql`experiments.tags ->> ${key}::text`;
  if (!column) throw new Error(`the field ${key} of an experiment has no column`);
  return column;
}

function toCondition(clause: CheckedClause): SQL {
  const bind = {
    number: bindNumbers,
    time: bindTimes,
    text: bindTexts,
    duration: bindNumbers,
    status: bindTexts,
  };
  return compare(columnOf(clause), clause.operator, bind[clause.type](clause.values));
}

export interface ExperimentSearch {
  workspaceId: string;
  filter?: string | undefined;
  /** The most recently changed first unless told. */
  orderBy?: readonly string[] | undefined;
  cursor?: string | undefined;
  limit: number;
  view: "active" | "deleted" | "all";
}

function termsOf(orderBy: readonly string[]): SortTerm[] {
  const orders = orderBy.flatMap((text) => parseOrder(text));
  const terms = orders.map(({ identifier, descending }): SortTerm => {
    const target = resolveIdentifier(experimentFields, identifier, "sort");
    const type = target.type === "time" || target.type === "number" ? target.type : "text";
    return { expression: columnOf(target), descending, type, nullable: target.scope !== null };
  });
  const tie: SortTerm = {
    expression: sql`experiments.number`,
    descending: true,
    type: "number",
    nullable: false,
  };
  const standard: SortTerm = {
    ...{ expression: sql`experiments.updated_at`, descending: true, type: "time", nullable: false },
  };
  return terms.length > 0 ? [...terms, tie] : [standard, tie];
}

/** One page of the experiments that a filter finds. */
export async function searchExperiments(
  db: Queryable,
  search: ExperimentSearch,
): Promise<{ rows: Experiment[]; nextCursor: string | null }> {
  const keyset = createKeyset(termsOf(search.orderBy ?? []), { cursor: search.cursor });
  const clauses = parseFilter(search.filter ?? "").map((clause) => checkClause(experimentFields, clause));
  const view = {
    active: isNull(experiments.deletedAt),
    deleted: isNotNull(experiments.deletedAt),
    all: undefined,
  };
  const found = await db.execute<Record<string, unknown> & { number: string }>(sql`
    select experiments.number, ${keyset.columns} from experiments
    where ${and(
      eq(experiments.workspaceId, search.workspaceId),
      view[search.view],
      ...clauses.map(toCondition),
      keyset.after,
    )}
    order by ${keyset.orderBy} limit ${search.limit + 1}`);
  const page = found.slice(0, search.limit);
  const last = page.at(-1);
  const numbers = page.map((row) => Number(row.number));
  const rows = await db
    .select()
    .from(experiments)
    .where(
      and(
        eq(experiments.workspaceId, search.workspaceId),
        sql`${experiments.number} = any(${sql.param(numbers)}::bigint[])`,
      ),
    );
  const byNumber = new Map(rows.map((row) => [row.number, row]));
  return {
    rows: numbers.flatMap((number) => byNumber.get(number) ?? []),
    nextCursor: found.length > search.limit && last ? keyset.nextCursor(last) : null,
  };
}
