import { and, desc, eq, ilike, lt, or, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { pipelineEndpoints, pipelineEndpointVersions, users } from "#db/schema/index.ts";
import { decodeCursor, encodeCursor } from "#lib/api/page.ts";
import { trustingLookup } from "#lib/components/lookup.ts";
import { notFound } from "#lib/core/errors.ts";
import type { KeyType } from "#lib/endpoints/keys.ts";
import { readKey } from "#lib/endpoints/keys.ts";
import { readPipelineDocument } from "#lib/pipelines/read/read-document.ts";
import type { SecretVault } from "#lib/secrets/commands.ts";
import type { PipelineEndpoint, PipelineEndpointSummary } from "./model.ts";

export type PipelineEndpointRow = typeof pipelineEndpoints.$inferSelect;

/** Where an endpoint is: the workspace, and the address of the studio. */
export interface Scope {
  workspaceId: string;
  workspaceName: string;
  studioUrl: string;
}

export async function getEndpointRow(
  db: Queryable,
  workspaceId: string,
  name: string,
  { lock = false } = {},
): Promise<PipelineEndpointRow> {
  const found = db
    .select()
    .from(pipelineEndpoints)
    .where(and(eq(pipelineEndpoints.workspaceId, workspaceId), eq(pipelineEndpoints.name, name)));
  const [row] = await (lock ? found.for("update") : found);
  if (!row) throw notFound(`Pipeline endpoint “${name}”`);
  return row;
}

const versionCount = sql<number>`(
  select count(*)::int from pipeline_endpoint_versions v where v.endpoint_id = ${pipelineEndpoints}.id
)`;

export async function listPipelineEndpoints(
  db: Queryable,
  scope: Scope,
  query: { search?: string | undefined; limit: number; cursor?: string | undefined },
): Promise<{ items: PipelineEndpointSummary[]; nextCursor: string | null }> {
  const [at, id] = query.cursor ? decodeCursor(query.cursor, 2) : [];
  const before = new Date(Number(at));
  const rows = await db
    .select({ row: pipelineEndpoints, author: users.name, versionCount })
    .from(pipelineEndpoints)
    .leftJoin(users, eq(users.id, pipelineEndpoints.createdBy))
    .where(
      and(
        eq(pipelineEndpoints.workspaceId, scope.workspaceId),
        query.search
          ? ilike(pipelineEndpoints.name, `%${query.search.replace(/[%_\\]/g, "\\$&")}%`)
          : undefined,
        id === undefined
          ? undefined
          : or(
              lt(pipelineEndpoints.createdAt, before),
              and(eq(pipelineEndpoints.createdAt, before), lt(pipelineEndpoints.id, String(id))),
            ),
      ),
    )
    .orderBy(desc(pipelineEndpoints.createdAt), desc(pipelineEndpoints.id))
    .limit(query.limit + 1);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1)?.row;
  return {
    items: page.map(({ row, author, versionCount: count }) => summaryOf(scope, row, author, count)),
    nextCursor: rows.length > query.limit && last ? encodeCursor([last.createdAt.getTime(), last.id]) : null,
  };
}

function summaryOf(
  scope: Scope,
  row: PipelineEndpointRow,
  author: string | null,
  count: number,
): PipelineEndpointSummary {
  const { name, description, defaultVersion, createdBy } = row;
  return {
    name,
    description,
    defaultVersion,
    versionCount: count,
    url: `${scope.studioUrl}/pipelines/${scope.workspaceName}/${name}`,
    createdBy: createdBy ? { id: createdBy, name: author ?? "" } : null,
    createdAt: row.createdAt.getTime(),
    updatedAt: row.updatedAt.getTime(),
  };
}

export async function getPipelineEndpoint(
  db: Queryable,
  scope: Scope,
  name: string,
): Promise<PipelineEndpoint> {
  const row = await getEndpointRow(db, scope.workspaceId, name);
  const versions = await db
    .select({ version: pipelineEndpointVersions, author: users.name })
    .from(pipelineEndpointVersions)
    .leftJoin(users, eq(users.id, pipelineEndpointVersions.createdBy))
    .where(eq(pipelineEndpointVersions.endpointId, row.id))
    .orderBy(desc(pipelineEndpointVersions.number));
  const [author] = row.createdBy
    ? await db.select({ name: users.name }).from(users).where(eq(users.id, row.createdBy))
    : [];
  const current = versions.find(({ version }) => version.number === row.defaultVersion);
  // It was checked when it was published; what it asks for stands in its text.
  const { graph } = readPipelineDocument(current?.version.text ?? "", trustingLookup);
  return {
    ...summaryOf(scope, row, author?.name ?? null, versions.length),
    inputs: graph?.inputs ?? {},
    versions: versions.map(({ version, author: by }) => ({
      number: version.number,
      isDefault: version.number === row.defaultVersion,
      graphHash: version.graphHash,
      note: version.note,
      createdBy: version.createdBy ? { id: version.createdBy, name: by ?? "" } : null,
      createdAt: version.createdAt.getTime(),
    })),
  };
}

export async function getVersion(db: Queryable, endpoint: PipelineEndpointRow, number: number) {
  const [version] = await db
    .select()
    .from(pipelineEndpointVersions)
    .where(
      and(eq(pipelineEndpointVersions.endpointId, endpoint.id), eq(pipelineEndpointVersions.number, number)),
    );
  if (!version) throw notFound(`Version ${number} of ${endpoint.name}`);
  return version;
}

export async function readCredentials(db: Queryable, vault: SecretVault, workspaceId: string, name: string) {
  const endpoint = await getEndpointRow(db, workspaceId, name);
  const key = (type: KeyType) => readKey(db, vault, endpoint, type);
  return { primaryKey: await key("primary"), secondaryKey: await key("secondary") };
}
