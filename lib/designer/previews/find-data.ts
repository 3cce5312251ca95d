import { eq } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { type AssetSource, assetVersions } from "#db/schema/index.ts";
import { canonicalJson } from "#lib/core/canonical.ts";
import { isAppError } from "#lib/core/errors.ts";
import { datasetDetails } from "#lib/datasets/model.ts";
import { resolveInputs } from "#lib/runs/inputs/resolve-inputs.ts";
import type { GraphDocument } from "../document/types.ts";
import { findDataPaths } from "./plan-preview.ts";

export type FoundData = { source: AssetSource; content: string; rows: number | null } | { problem: string };

/** Finds all data that a graph names, as a run of it would. */
export async function findAllData(
  db: Queryable,
  workspaceId: string,
  graph: GraphDocument,
): Promise<Map<string, FoundData>> {
  const types = new Map(graph.dataNodes.map(({ path, type }) => [path, type]));
  const found = new Map<string, FoundData>();
  for (const path of findDataPaths(graph)) {
    found.set(path, await findData(db, workspaceId, path, types.get(path) ?? "uri_folder"));
  }
  return found;
}

async function findData(db: Queryable, workspaceId: string, path: string, type: string): Promise<FoundData> {
  try {
    const input = { type, path, mode: "ro_mount" } as Parameters<typeof resolveInputs>[2][string];
    const [resolved] = await resolveInputs(db, workspaceId, { data: input }, new Set());
    if (!resolved?.source) return { problem: `${path} holds no data.` };
    const { source, assetVersionId } = resolved;
    const rows = assetVersionId ? await countRows(db, assetVersionId) : null;
    return { source, content: canonicalJson({ source, assetVersionId }), rows };
  } catch (error) {
    if (isAppError(error)) return { problem: error.userMessage.replace(/^inputs\.data: /, "") };
    throw error;
  }
}

/** Of a dataset that was read as a table. */
async function countRows(db: Queryable, versionId: string): Promise<number | null> {
  const [version] = await db
    .select({ details: assetVersions.details })
    .from(assetVersions)
    .where(eq(assetVersions.id, versionId));
  const details = datasetDetails.safeParse(version?.details);
  return details.data?.table?.rowCount ?? null;
}
