import { and, asc, eq } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { deploymentInstances } from "#db/schema/index.ts";
import { notFound } from "#lib/core/errors.ts";
import type { DeploymentRow } from "./queries.ts";

export interface LogQuery {
  lines: number;
  container: "inference-server" | "storage-initializer";
  instance?: string | undefined;
}

/** The last lines of a deployment: how its image was made, or what its instances wrote, one after the other. */
export async function readDeploymentLogs(
  db: Queryable,
  deployment: DeploymentRow,
  query: LogQuery,
): Promise<string> {
  if (query.container === "storage-initializer") return lastLines(deployment.buildLog, query.lines);
  const rows = await db
    .select()
    .from(deploymentInstances)
    .where(
      and(
        eq(deploymentInstances.deploymentId, deployment.id),
        query.instance ? eq(deploymentInstances.id, query.instance) : undefined,
      ),
    )
    .orderBy(asc(deploymentInstances.createdAt));
  if (query.instance && rows.length === 0) throw notFound(`Instance “${query.instance}”`);
  const written = rows.filter((row) => row.log !== "");
  if (query.instance || written.length === 1) return lastLines(written[0]?.log ?? "", query.lines);
  return lastLines(
    written.map((row) => `Instance ${row.id} (${row.state})\n${row.log}`).join("\n"),
    query.lines,
  );
}

function lastLines(text: string, count: number): string {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines.slice(-count).join("\n");
}
