import { createHash } from "node:crypto";
import { and, desc, eq, isNull, lt, or, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { assets, assetVersions, runs } from "#db/schema/index.ts";
import { decodeCursor, encodeCursor } from "#lib/api/page.ts";
import type { AssetVersion } from "#lib/assets/commands.ts";
import type { AssetVersionSummary, VersionSelector } from "#lib/assets/model.ts";
import { findAssetVersion, getAsset, listAssets, listAssetVersions } from "#lib/assets/queries.ts";
import { notFound } from "#lib/core/errors.ts";
import { specMapping } from "#lib/spec/dump.ts";
import {
  type ComponentDefinition,
  type ComponentSummary,
  type ComponentUse,
  type ComponentVersion,
  moduleGroups,
  ownComponentGroup,
} from "./model.ts";
import { loadModules } from "./modules/load-modules.ts";
import { type ComponentDetails, findModule, readComponent } from "./resolve.ts";

/** Components of one workspace that a palette shows. */
const maxOwn = 2000;

function toVersion(name: string, summary: AssetVersionSummary, row: AssetVersion): ComponentVersion {
  const { definition, spec } = readComponent(name, row);
  const { specText } = row.details as unknown as ComponentDetails;
  return {
    ...summary,
    name,
    definition,
    specText,
    spec: specMapping("component", spec),
    codeDigest: row.source.kind === "tree" ? row.source.digest : null,
  };
}

export async function listComponentVersions(
  db: Queryable,
  workspaceId: string,
  name: string,
): Promise<ComponentVersion[]> {
  const asset = await getAsset(db, workspaceId, "component", name);
  return (await listAssetVersions(db, asset)).map(({ summary, row }) => toVersion(asset.name, summary, row));
}

/** One version of a component of the workspace, or a module of the studio. */
export async function getComponentVersion(
  db: Queryable,
  workspaceId: string,
  name: string,
  selector: VersionSelector,
): Promise<ComponentVersion> {
  const module = await findModule(name, selector.version ?? null);
  if (module && (selector.label ?? "latest") === "latest") return moduleVersion(module.definition);
  const asset = await getAsset(db, workspaceId, "component", name);
  const found = await findAssetVersion(db, asset, selector);
  const listed = found && (await listAssetVersions(db, asset)).find(({ row }) => row.id === found.id);
  if (!listed) throw notFound(`Version ${selector.version ?? `@${selector.label}`} of component “${name}”`);
  return toVersion(asset.name, listed.summary, listed.row);
}

function moduleVersion(definition: ComponentDefinition): ComponentVersion {
  const { name, version, description } = definition;
  return {
    name,
    version,
    type: "module",
    path: definition.ref,
    description,
    tags: {},
    labels: ["latest"],
    sizeBytes: null,
    runName: null,
    createdBy: null,
    createdAt: 0,
    archived: false,
    definition,
    specText: null,
    spec: {},
    codeDigest: null,
  };
}

export async function listComponents(
  db: Queryable,
  query: {
    workspaceId: string;
    search?: string | undefined;
    kind?: ComponentDefinition["kind"] | undefined;
    archived?: boolean | undefined;
    limit: number;
    cursor?: string | undefined;
  },
): Promise<{ items: ComponentSummary[]; nextCursor: string | null; total: number }> {
  const page = await listAssets(db, { ...query, kind: "component" });
  const items = page.items.map(({ summary, latest }): ComponentSummary => {
    const definition = latest ? readComponent(summary.name, latest).definition : null;
    return { ...summary, kind: definition?.kind ?? "command", definition };
  });
  const wanted = query.kind === undefined ? items : items.filter(({ kind }) => kind === query.kind);
  return { items: wanted, nextCursor: page.nextCursor, total: page.total };
}

/** All that can be put on the canvas. `etag` is that of the answer the caller has. */
export async function readPalette(db: Queryable, workspaceId: string, etag: string | undefined) {
  const modules = [...(await loadModules()).values()].map(({ definition }) => definition);
  const stamp = await db
    .select({ id: assets.id, at: assets.updatedAt })
    .from(assets)
    .where(and(eq(assets.workspaceId, workspaceId), eq(assets.kind, "component"), isNull(assets.archivedAt)))
    .orderBy(desc(assets.updatedAt), desc(assets.id))
    .limit(maxOwn);
  const hash = createHash("sha256");
  hash.update(JSON.stringify([modules.map(({ digest }) => digest), stamp]));
  const now = hash.digest("hex").slice(0, 32);
  const groups = [...moduleGroups.filter(({ name }) => modules.some(({ category }) => category === name))];
  if (stamp.length > 0) groups.push({ name: ownComponentGroup, title: "My components" });
  if (now === etag) return { etag: now, unchanged: true, groups, items: [] };
  return { etag: now, unchanged: false, groups, items: [...modules, ...(await newestOwn(db, workspaceId))] };
}

async function newestOwn(db: Queryable, workspaceId: string): Promise<ComponentDefinition[]> {
  const rows = await db
    .selectDistinctOn([assetVersions.assetId], { name: assets.name, version: assetVersions })
    .from(assetVersions)
    .innerJoin(assets, eq(assets.id, assetVersions.assetId))
    .where(
      and(
        eq(assets.workspaceId, workspaceId),
        eq(assets.kind, "component"),
        isNull(assets.archivedAt),
        isNull(assetVersions.deletedAt),
        isNull(assetVersions.archivedAt),
      ),
    )
    .orderBy(assetVersions.assetId, desc(assetVersions.createdAt), desc(assetVersions.id))
    .limit(maxOwn);
  const found = rows.map(({ name, version }) => readComponent(name, version).definition);
  return found.sort((a, b) => a.displayName.localeCompare(b.displayName));
}

/** Pipeline runs and pipeline components that use a component, newest first. */
export async function listUses(
  db: Queryable,
  query: {
    workspaceId: string;
    name: string;
    version?: string | undefined;
    limit: number;
    cursor?: string | undefined;
  },
): Promise<{ items: ComponentUse[]; nextCursor: string | null }> {
  const { workspaceId, name, version, limit } = query;
  const wanted = { component: { name, ...(version === undefined ? {} : { version }) } };
  const conditions = [
    eq(runs.workspaceId, workspaceId),
    isNull(runs.deletedAt),
    sql`${runs.plan} -> 'nodes' @> ${JSON.stringify([wanted])}::jsonb`,
  ];
  if (query.cursor) {
    const [at, id] = decodeCursor(query.cursor, 2);
    const time = new Date(Number(at));
    conditions.push(
      or(lt(runs.createdAt, time), and(eq(runs.createdAt, time), lt(runs.id, String(id)))) ?? sql`true`,
    );
  }
  const rows = await db
    .select({
      id: runs.id,
      name: runs.name,
      displayName: runs.displayName,
      createdAt: runs.createdAt,
      nodes: sql<{ name: string; version: string }[]>`(
        select jsonb_agg(jsonb_build_object('name', n ->> 'name', 'version', n -> 'component' ->> 'version'))
        from jsonb_array_elements(${runs.plan} -> 'nodes') n
        where n -> 'component' ->> 'name' = ${name}
      )`,
    })
    .from(runs)
    .where(and(...conditions))
    .orderBy(desc(runs.createdAt), desc(runs.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const items = page.map((row): ComponentUse => {
    const versions = [...new Set(row.nodes.map((node) => node.version))];
    return {
      kind: "run",
      name: row.name,
      displayName: row.displayName,
      version: versions.length === 1 ? (versions[0] ?? null) : null,
      nodes: row.nodes.map((node) => node.name),
      at: row.createdAt.getTime(),
    };
  });
  const more = rows.length > limit && last;
  return { items, nextCursor: more ? encodeCursor([last.createdAt.getTime(), last.id]) : null };
}
