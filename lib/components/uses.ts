import { and, desc, eq, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { assets, assetVersions, runs } from "#db/schema/index.ts";
import { decodeCursor, encodeCursor } from "#lib/api/page.ts";
import { draftsUsing } from "#lib/designer/queries.ts";
import type { ComponentSpec } from "#lib/spec/kinds/component.ts";
import type { NodeSpec } from "#lib/spec/kinds/pipeline-node.ts";
import { parseRef } from "#lib/spec/parse-ref.ts";
import { findModuleRef } from "./lookup.ts";
import type { ComponentUse } from "./model.ts";
import { readComponent } from "./resolve.ts";

export interface UsesQuery {
  workspaceId: string;
  name: string;
  version?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

interface UsesPage {
  items: ComponentUse[];
  nextCursor: string | null;
}

/**
 * What uses a component: drafts and pipeline components, then runs, each the newest first. The few that are made by hand
 * are gathered whole; runs are paged.
 */
export async function listUses(db: Queryable, query: UsesQuery): Promise<UsesPage> {
  const [stage, at, id] = query.cursor ? decodeCursor(query.cursor, 3) : ["made", 0, ""];
  if (stage === "run") return listRuns(db, query, [Number(at), String(id)]);
  const drafts = await findDrafts(db, query);
  const made = [...drafts, ...(await findComponents(db, query))].sort((a, b) => b.at - a.at);
  const from = Number(at);
  const items = made.slice(from, from + query.limit);
  const room = query.limit - items.length;
  if (room === 0) return { items, nextCursor: encodeCursor(["made", from + query.limit, ""]) };
  const page = await listRuns(db, { ...query, limit: room }, null);
  return { items: [...items, ...page.items], nextCursor: page.nextCursor };
}

async function findDrafts(db: Queryable, { workspaceId, name, version }: UsesQuery): Promise<ComponentUse[]> {
  const found = await draftsUsing(db, workspaceId, { kind: "component", name, version });
  return found.map(({ draft, nodes, references }) => ({
    kind: "draft",
    name: draft.id,
    displayName: draft.name,
    version: onlyOne(references.map(versionOf)),
    nodes,
    at: draft.updatedAt,
  }));
}

/** Pipeline components with a step of the component, each with its newest version that has one. */
async function findComponents(db: Queryable, query: UsesQuery): Promise<ComponentUse[]> {
  const { workspaceId, name } = query;
  const pattern = `%${name.replace(/[%_\\]/g, "\\$&")}%`;
  const rows = await db
    .select({ name: assets.name, row: assetVersions })
    .from(assetVersions)
    .innerJoin(assets, eq(assets.id, assetVersions.assetId))
    .where(
      and(
        eq(assets.workspaceId, workspaceId),
        eq(assets.kind, "component"),
        eq(assetVersions.type, "pipeline"),
        isNull(assetVersions.deletedAt),
        sql`(${assetVersions.details} ->> 'spec') like ${pattern}`,
      ),
    )
    .orderBy(desc(assetVersions.createdAt), desc(assetVersions.id));
  const uses = new Map<string, ComponentUse>();
  for (const { name: holder, row } of rows) {
    if (uses.has(holder)) continue;
    const { definition, spec } = readComponent(holder, row);
    const steps = stepsOf(spec).filter(({ ref }) => isMeant(ref, query));
    if (steps.length === 0) continue;
    uses.set(holder, {
      kind: "component",
      name: `${holder}:${row.version}`,
      displayName: definition.displayName,
      version: onlyOne(steps.map(({ ref }) => versionOf(ref))),
      nodes: steps.map(({ step }) => step),
      at: row.createdAt.getTime(),
    });
  }
  return [...uses.values()];
}

/** Steps that name a component, those of pipelines that stand in a step too. */
function stepsOf(spec: ComponentSpec, prefix = ""): { step: string; ref: string }[] {
  if (spec.type !== "pipeline") return [];
  return Object.entries<NodeSpec>(spec.jobs).flatMap(([name, { component }]) => {
    const step = `${prefix}${name}`;
    if (component === undefined) return [];
    return typeof component === "string" ? [{ step, ref: component }] : stepsOf(component, `${step}.`);
  });
}

function readRef(ref: string): { name: string; version: string | null } | null {
  const module = findModuleRef(ref);
  if (module) return module;
  const parsed = parseRef(ref);
  return parsed.kind === "asset" ? { name: parsed.name, version: parsed.version ?? null } : null;
}

/** A step that names no version, or a label, may mean any. */
function isMeant(ref: string, { name, version }: UsesQuery): boolean {
  const found = readRef(ref);
  if (found?.name !== name) return false;
  return version === undefined || found.version === null || found.version === version;
}

function versionOf(ref: string): string | null {
  return readRef(ref)?.version ?? null;
}

function onlyOne(versions: (string | null)[]): string | null {
  const different = new Set(versions);
  return different.size === 1 ? (versions[0] ?? null) : null;
}

/** Runs with a step of the component: one that was executed, or one that was opened to the steps inside. */
async function listRuns(
  db: Queryable,
  { workspaceId, name, version, limit }: UsesQuery,
  after: [number, string] | null,
): Promise<UsesPage> {
  const nodes = sql`(
    select coalesce(jsonb_agg(jsonb_build_object('name', n ->> 'name', 'version', n -> 'component' ->> 'version')), '[]')
    from jsonb_array_elements(
      (${runs.plan} -> 'nodes') || jsonb_path_query_array(${runs.plan}, '$.graph.nodes[*] ? (@.component.kind == "pipeline")')
    ) n
    where n -> 'component' ->> 'name' = ${name} and n -> 'component' ->> 'ref' <> ''
      ${version === undefined ? sql`` : sql`and n -> 'component' ->> 'version' = ${version}`}
  )`;
  const wanted = { component: { name, ...(version === undefined ? {} : { version }) } };
  const conditions: (SQL | undefined)[] = [
    eq(runs.workspaceId, workspaceId),
    isNull(runs.deletedAt),
    or(
      sql`${runs.plan} -> 'nodes' @> ${JSON.stringify([wanted])}::jsonb`,
      sql`${runs.plan} -> 'graph' -> 'nodes' @> ${JSON.stringify([wanted])}::jsonb`,
    ),
    // A step that is written out in its node may have the component's name.
    sql`jsonb_array_length(${nodes}) > 0`,
  ];
  if (after) {
    const time = new Date(after[0]);
    conditions.push(or(lt(runs.createdAt, time), and(eq(runs.createdAt, time), lt(runs.id, after[1]))));
  }
  const rows = await db
    .select({
      id: runs.id,
      name: runs.name,
      displayName: runs.displayName,
      createdAt: runs.createdAt,
      nodes: sql<{ name: string; version: string }[]>`${nodes}`,
    })
    .from(runs)
    .where(and(...conditions))
    .orderBy(desc(runs.createdAt), desc(runs.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const items = page.map(
    (row): ComponentUse => ({
      kind: "run",
      name: row.name,
      displayName: row.displayName,
      version: onlyOne(row.nodes.map((node) => node.version)),
      nodes: row.nodes.map((node) => node.name),
      at: row.createdAt.getTime(),
    }),
  );
  const more = rows.length > limit && last;
  return { items, nextCursor: more ? encodeCursor(["run", last.createdAt.getTime(), last.id]) : null };
}
