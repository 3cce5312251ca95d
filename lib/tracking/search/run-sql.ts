import { type SQL, sql } from "drizzle-orm";
import { bindNumbers, bindTexts, bindTimes, compare } from "#lib/filter/compare.ts";
import type { CheckedClause, Target } from "#lib/filter/fields.ts";
import type { SortTerm } from "#lib/filter/keyset.ts";
import type { Operator } from "#lib/filter/parse.ts";
import { filterError } from "#lib/filter/tokens.ts";
import { statusesOf } from "./run-fields.ts";

/** The tags by which MLflow's clients know columns of ours. */
const columnTags: Record<string, SQL> = {
  "mlflow.runName": sql`runs.display_name`,
  "mlflow.note.content": sql`runs.description`,
};

const experimentName = sql`(
  select e.name from experiments e
  where e.workspace_id = runs.workspace_id and e.number = runs.experiment_number)`;
const parentName = sql`(select p.name from runs p where p.id = runs.parent_run_id)`;
const startTime = sql`coalesce(runs.started_at, runs.created_at)`;
const durationMs = sql`(date_part('epoch', coalesce(runs.ended_at, now()) - runs.started_at) * 1000)`;

/** The column or expression of each field. */
const columns: Record<string, SQL> = {
  name: sql`runs.display_name`,
  id: sql`runs.name`,
  status: sql`runs.status`,
  experiment: experimentName,
  experiment_id: sql`runs.experiment_number`,
  type: sql`runs.type`,
  compute: sql`runs.compute`,
  environment: sql`runs.environment ->> 'name'`,
  user: sql`runs.user_name`,
  origin: sql`runs.origin`,
  description: sql`runs.description`,
  parent: parentName,
  created: sql`runs.created_at`,
  start_time: startTime,
  end_time: sql`runs.ended_at`,
  duration: durationMs,
  artifact_uri: sql`'mlflow-artifacts:/' || runs.experiment_number || '/' || runs.name || '/artifacts'`,
};

const nullableFields = new Set(["compute", "environment", "parent", "end_time", "duration"]);

function columnOf(field: string): SQL {
  const column = columns[field];
  if (!column) throw new Error(`the field ${field} of a run has no column`);
  return column;
}

/** A logged thing exists whose value compares; `is null` means that there is none. */
function logged(table: "params" | "run_tags", { key, operator, values }: CheckedClause): SQL {
  const source = sql`select 1 from ${sql.identifier(table)} l where l.run_id = runs.id and l.key = ${key}`;
  if (operator === "IS NULL") return sql`not exists (${source})`;
  if (operator === "IS NOT NULL") return sql`exists (${source})`;
  const condition = compare(sql`l.value`, operator, bindTexts(values));
  const [value] = operator === "=" ? values : [];
  // Long values are not in the index whole; what it has of them finds the few that are compared.
  const indexed =
    value === undefined ? sql`` : sql`and ${indexedText(sql`l.value`)} = ${indexedText(sql`${value}::text`)}`;
  return sql`exists (${source} ${indexed} and ${condition})`;
}

/** The part of a parameter's or tag's value that its index holds. */
function indexedText(value: SQL): SQL {
  return sql`left(${value}, 200)`;
}

function metricCondition({ key, operator, values }: CheckedClause): SQL {
  const source = sql`select 1 from latest_metrics l where l.run_id = runs.id and l.key = ${key}`;
  if (operator === "IS NULL") return sql`not exists (${source})`;
  if (operator === "IS NOT NULL") return sql`exists (${source})`;
  return sql`exists (${source} and not l.is_nan and ${compare(sql`l.value`, operator, bindNumbers(values))})`;
}

function datasetCondition(clause: CheckedClause): SQL {
  const context = sql`d.tags ->> 'mlflow.data.context'`;
  const column = { name: sql`d.name`, digest: sql`d.digest`, context }[clause.key];
  if (!column)
    throw filterError(`a data set has name, digest and context, not “${clause.key}”.`, clause.at, clause.end);
  const condition = compare(column, clause.operator, bindTexts(clause.values));
  return sql`exists (select 1 from run_datasets d where d.run_id = runs.id and ${condition})`;
}

function tagCondition(clause: CheckedClause): SQL {
  const column = columnTags[clause.key];
  if (column) return compare(column, clause.operator, bindTexts(clause.values));
  const condition = logged("run_tags", clause);
  if (clause.key !== "mlflow.parentRunId" || clause.operator === "IS NULL") return condition;
  return sql`(${condition} or ${compare(parentName, clause.operator, bindTexts(clause.values))})`;
}

function statusCondition({ operator, values }: CheckedClause): SQL {
  if (operator.includes("LIKE")) return compare(columnOf("status"), operator, bindTexts(values));
  const statuses = [...new Set(values.flatMap((value) => statusesOf(String(value))))];
  const list = sql`any(${sql.param(statuses)}::text[])`;
  const negated = operator === "!=" || operator === "NOT IN";
  return negated ? sql`not (runs.status = ${list})` : sql`runs.status = ${list}`;
}

const opposites: Partial<Record<Operator, Operator>> = {
  "!=": "=",
  "NOT IN": "IN",
  "NOT LIKE": "LIKE",
  "NOT ILIKE": "ILIKE",
};

/** A person is found by the name that clients report, by the name and by the e-mail of the account. */
function userCondition({ operator, values }: CheckedClause): SQL {
  const opposite = opposites[operator];
  const positive = opposite ?? operator;
  const bound = bindTexts(values);
  const found = sql`(${compare(sql`runs.user_name`, positive, bound)} or exists (
    select 1 from users u where u.id = runs.created_by
    and (${compare(sql`u.name`, positive, bound)} or ${compare(sql`u.email`, positive, bound)})))`;
  return opposite ? sql`not ${found}` : found;
}

function fieldCondition(clause: CheckedClause): SQL {
  const { key, operator, values, type } = clause;
  if (type === "status") return statusCondition(clause);
  if (key === "user" && !operator.includes("NULL")) return userCondition(clause);
  const bound =
    type === "text" ? bindTexts(values) : type === "time" ? bindTimes(values) : bindNumbers(values);
  return compare(columnOf(key), operator, bound);
}

/** One clause of a filter as a condition on `runs`. */
export function runCondition(clause: CheckedClause): SQL {
  switch (clause.scope) {
    case "metrics":
      return metricCondition(clause);
    case "params":
      return logged("params", clause);
    case "tags":
      return tagCondition(clause);
    case "datasets":
      return datasetCondition(clause);
    default:
      return fieldCondition(clause);
  }
}

/** A sort key, with the table of logged values that it needs. */
export interface RunSort {
  term: SortTerm;
  logged: {
    /** `join` in front of it keeps only runs that have a value, `left join` all. */
    join: SQL;
    /** The value is one that has an order. */
    present: SQL;
  } | null;
}

/** `index` keeps the joins of several keys apart. */
export function runSort(target: Target, descending: boolean, index: number): RunSort {
  const { scope, key, type, at, end } = target;
  const column = scope === "tags" ? columnTags[key] : scope === null ? columnOf(key) : undefined;
  if (column) {
    const sortType = type === "time" ? "time" : type === "text" || type === "status" ? "text" : "number";
    const nullable = scope === null && nullableFields.has(key);
    return { term: { expression: column, descending, type: sortType, nullable }, logged: null };
  }
  const table = scope === null ? undefined : sortTables[scope];
  if (!table) throw filterError(`runs cannot be sorted by ${scope}.`, at, end, "sort");
  const alias = sql.identifier(`s${index}`);
  const value = sql`${alias}.value`;
  const metric = scope === "metrics";
  const rank = sql`(case when ${alias}.run_id is null then 2 when ${alias}.is_nan then 1 else 0 end)`;
  return {
    term: metric
      ? { expression: value, descending, type: "number", nullable: true, rank }
      : { expression: indexedText(value), descending, type: "text", nullable: true },
    logged: {
      join: sql`${sql.identifier(table)} ${alias} on ${alias}.run_id = runs.id and ${alias}.key = ${key}`,
      present: metric ? sql`not ${alias}.is_nan` : sql`true`,
    },
  };
}

const sortTables: Record<string, string> = { metrics: "latest_metrics", params: "params", tags: "run_tags" };
