import { aliasedTable, and, asc, desc, eq, ilike, lt, or, type SQL, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { draftSubmits, drafts, draftVersions, runs, users } from "#db/schema/index.ts";
import { decodeCursor, encodeCursor } from "#lib/api/page.ts";
import { notFound } from "#lib/core/errors.ts";
import { parseRef } from "#lib/spec/parse-ref.ts";
import { readText } from "./document/read-text.ts";
import { readFacts, type UsableKind, type Use } from "./draft-facts.ts";
import { type Draft, type DraftSort, type DraftSummary, type DraftVersion, submitMemory } from "./model.ts";

const creator = aliasedTable(users, "creator");
const updater = aliasedTable(users, "updater");

const summaryColumns = {
  id: drafts.id,
  name: drafts.name,
  description: drafts.description,
  version: drafts.version,
  nodeCount: drafts.nodeCount,
  createdAt: drafts.createdAt,
  updatedAt: drafts.updatedAt,
  creatorId: creator.id,
  creatorName: creator.name,
  updaterId: updater.id,
  updaterName: updater.name,
  lastRun: sql<{ name: string; status: string } | null>`(
    select json_build_object('name', r.name, 'status', r.status)
    from draft_submits s join runs r on r.workspace_id = drafts.workspace_id and r.name = s.memory->>'run'
    where s.draft_id = drafts.id and r.deleted_at is null
    order by r.created_at desc limit 1
  )`,
};

type SummaryRow = Awaited<ReturnType<typeof readSummaries>>[number];

function readSummaries(db: Queryable, where: SQL | undefined, limit: number, order: SQL[] = []) {
  return db
    .select(summaryColumns)
    .from(drafts)
    .leftJoin(creator, eq(creator.id, drafts.createdBy))
    .leftJoin(updater, eq(updater.id, drafts.updatedBy))
    .where(where)
    .orderBy(...order)
    .limit(limit);
}

function toSummary(row: SummaryRow): DraftSummary {
  const { creatorId, creatorName, updaterId, updaterName, createdAt, updatedAt, lastRun, ...rest } = row;
  return {
    ...rest,
    createdBy: creatorId === null ? null : { id: creatorId, name: creatorName ?? "" },
    updatedBy: updaterId === null ? null : { id: updaterId, name: updaterName ?? "" },
    createdAt: createdAt.getTime(),
    updatedAt: updatedAt.getTime(),
    lastRun: lastRun as DraftSummary["lastRun"],
  };
}

export interface DraftListQuery {
  search?: string | undefined;
  /** Made or last changed by this person. */
  userId?: string | undefined;
  sort?: DraftSort | undefined;
  order?: "asc" | "desc" | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** What each order goes by; names without regard to case. */
const sortColumns: Record<DraftSort, SQL> = {
  name: sql`lower(${drafts.name})`,
  created: sql`${drafts.createdAt}`,
  updated: sql`${drafts.updatedAt}`,
};

/** Whether a name holds the text. Plain ASCII is compared byte by byte, in a quarter of the time. */
function holds(text: string): SQL {
  const pattern = `%${text.replace(/[%_\\]/g, "\\$&")}%`;
  return /^[ -~]*$/.test(text)
    ? sql`${drafts.name} collate "C" ilike ${pattern}`
    : ilike(drafts.name, pattern);
}

/** What comes after a row in the order, which the id makes one without ties. */
function isAfter(sort: DraftSort, order: "asc" | "desc", cursor: string): SQL {
  const [value, id] = decodeCursor(cursor, 2);
  const at =
    sort === "name" ? sql`lower(${String(value)})` : sql`to_timestamp(${Number(value)}::float8 / 1000)`;
  const compare = sql.raw(order === "asc" ? ">" : "<");
  return sql`(${sortColumns[sort]}, ${drafts.id}) ${compare} (${at}, ${String(id)})`;
}

/** Drafts of a workspace, the last changed first unless asked for in another order. */
export async function listDrafts(db: Queryable, workspaceId: string, query: DraftListQuery) {
  const { sort = "updated", order = sort === "name" ? "asc" : "desc" } = query;
  const all = and(
    eq(drafts.workspaceId, workspaceId),
    query.search ? holds(query.search) : undefined,
    query.userId ? or(eq(drafts.createdBy, query.userId), eq(drafts.updatedBy, query.userId)) : undefined,
  );
  const direct = order === "asc" ? asc : desc;
  const [rows, total] = await Promise.all([
    readSummaries(db, query.cursor ? and(all, isAfter(sort, order, query.cursor)) : all, query.limit + 1, [
      direct(sortColumns[sort]),
      direct(drafts.id),
    ]),
    // Pages after the first need not count again.
    query.cursor ? undefined : db.$count(drafts, all),
  ]);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const value = last && { name: last.name, created: +last.createdAt, updated: +last.updatedAt }[sort];
  return {
    items: page.map(toSummary),
    nextCursor:
      rows.length > query.limit && last && value !== undefined ? encodeCursor([value, last.id]) : null,
    ...(total === undefined ? {} : { total }),
  };
}

/** A draft as one person sees it. Throws `NOT_FOUND`. */
export async function getDraft(
  db: Queryable,
  workspaceId: string,
  id: string,
  userId: string,
): Promise<Draft> {
  const where = and(eq(drafts.workspaceId, workspaceId), eq(drafts.id, id));
  const [row] = await readSummaries(db, where, 1);
  const [stored] = await db.select({ text: drafts.text }).from(drafts).where(where);
  if (!row || !stored) throw notFound("This draft");
  const [submit] = await db
    .select({ memory: draftSubmits.memory })
    .from(draftSubmits)
    .where(and(eq(draftSubmits.draftId, id), eq(draftSubmits.userId, userId)));
  const memory = submitMemory.safeParse(submit?.memory ?? {});
  return { ...toSummary(row), text: stored.text, submitMemory: memory.data ?? {} };
}

/** The draft's own row. Throws `NOT_FOUND`. */
export async function getDraftRow(db: Queryable, workspaceId: string, id: string) {
  const [row] = await db
    .select()
    .from(drafts)
    .where(and(eq(drafts.workspaceId, workspaceId), eq(drafts.id, id)));
  if (!row) throw notFound("This draft");
  return row;
}

const versionColumns = {
  number: draftVersions.number,
  note: draftVersions.note,
  at: draftVersions.at,
  nodeCount: draftVersions.nodeCount,
  authors: sql<{ id: string; name: string }[]>`coalesce((
    select json_agg(json_build_object('id', u.id, 'name', u.name) order by a.place)
    from unnest(${draftVersions.authorIds}) with ordinality a(id, place) join ${users} u on u.id = a.id
  ), '[]'::json)`,
};

function toVersion(row: {
  number: number;
  note: string;
  at: Date;
  nodeCount: number;
  authors: { id: string; name: string }[];
}): DraftVersion {
  return { ...row, at: row.at.getTime() };
}

export async function listDraftVersions(
  db: Queryable,
  draftId: string,
  query: { limit: number; cursor?: string | undefined },
) {
  const before = query.cursor ? Number(decodeCursor(query.cursor, 1)[0]) : null;
  const rows = await db
    .select(versionColumns)
    .from(draftVersions)
    .where(
      and(eq(draftVersions.draftId, draftId), before === null ? undefined : lt(draftVersions.number, before)),
    )
    .orderBy(desc(draftVersions.number))
    .limit(query.limit + 1);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map(toVersion),
    nextCursor: rows.length > query.limit && last ? encodeCursor([last.number]) : null,
  };
}

export async function getDraftVersion(
  db: Queryable,
  draftId: string,
  number: number,
): Promise<DraftVersion & { text: string }> {
  const [row] = await db
    .select({ ...versionColumns, text: draftVersions.text })
    .from(draftVersions)
    .where(and(eq(draftVersions.draftId, draftId), eq(draftVersions.number, number)));
  if (!row) throw notFound(`Version ${number} of this draft`);
  const { text, ...version } = row;
  return { ...toVersion(version), text };
}

export interface UsedThing {
  kind: UsableKind;
  name: string;
  /** Only uses that name this version; those of a label or of none count always. */
  version?: string | undefined;
}

function names(reference: string, thing: UsedThing): boolean {
  try {
    const ref = parseRef(reference);
    if (ref.kind !== "asset" || ref.name !== thing.name) return false;
    return thing.version === undefined || ref.version === undefined || ref.version === thing.version;
  } catch {
    return reference === `atelier:${thing.name}`;
  }
}

/** Drafts that use a component, dataset, model or environment, with the steps that do. */
export async function draftsUsing(
  db: Queryable,
  workspaceId: string,
  thing: UsedThing,
): Promise<{ draft: DraftSummary; nodes: string[]; references: string[] }[]> {
  const pattern = `${thing.kind} %${thing.name.replace(/[%_\\]/g, "\\$&")}%`;
  const rows = await db
    .select({ id: drafts.id, text: drafts.text })
    .from(drafts)
    .where(
      and(
        eq(drafts.workspaceId, workspaceId),
        sql`exists (select 1 from unnest(${drafts.references}) r where r like ${pattern})`,
      ),
    );
  const found = new Map<string, Use[]>();
  for (const { id, text } of rows) {
    const uses = readFacts(readText(text).value).uses.filter(
      ({ kind, reference }) => kind === thing.kind && names(reference, thing),
    );
    if (uses.length > 0) found.set(id, uses);
  }
  if (found.size === 0) return [];
  const summaries = await readSummaries(db, sql`${drafts.id} in ${[...found.keys()]}`, found.size);
  return summaries.map((row) => {
    const uses = found.get(row.id) ?? [];
    const nodes = [...new Set(uses.map(({ node }) => node))];
    return { draft: toSummary(row), nodes, references: [...new Set(uses.map(({ reference }) => reference))] };
  });
}

/** The YAML of a pipeline run. Throws `NOT_FOUND`. */
export async function findRunPipeline(db: Queryable, workspaceId: string, name: string) {
  const [row] = await db
    .select({ type: runs.type, spec: runs.spec, specText: runs.specText, displayName: runs.displayName })
    .from(runs)
    .where(and(eq(runs.workspaceId, workspaceId), eq(runs.name, name)));
  if (!row) throw notFound(`Run “${name}”`);
  return row;
}
