import { createHash } from "node:crypto";
import { and, desc, eq, isNull } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { assets, assetVersions } from "#db/schema/index.ts";
import type { AssetVersion } from "#lib/assets/commands.ts";
import type { AssetVersionSummary, VersionSelector } from "#lib/assets/model.ts";
import { findAssetVersion, getAsset, listAssets, listAssetVersions } from "#lib/assets/queries.ts";
import { notFound } from "#lib/core/errors.ts";
import { specMapping } from "#lib/spec/dump.ts";
import {
  type ComponentDefinition,
  type ComponentSummary,
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
  const page = await listAssets(db, { ...query, kind: "component", type: query.kind });
  const items = page.items.map(({ summary, latest }): ComponentSummary => {
    const definition = latest ? readComponent(summary.name, latest).definition : null;
    return { ...summary, kind: definition?.kind ?? "command", definition };
  });
  return { items, nextCursor: page.nextCursor, total: page.total };
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
