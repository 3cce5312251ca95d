import { eq } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { runs } from "#db/schema/index.ts";
import { listPaths, takesThreshold } from "#lib/pipelines/inference/scoring-path.ts";
import { readRunGraph } from "#lib/pipelines/queries.ts";
import { getRun } from "#lib/runs/queries/get-run.ts";

export interface ReadScore {
  input: string;
  scoreNode: string;
  scoreDisplayName: string;
  run: string;
  output: string;
  trainNode: string | null;
  takesThreshold: boolean;
}

/** What a step reads from steps that score, as Evaluate Model does. Nothing for a run that is no step. */
export async function readScores(
  db: Queryable,
  workspaceId: string,
  name: string,
): Promise<{ pipeline: string | null; items: ReadScore[] }> {
  const run = await getRun(db, workspaceId, name);
  if (run.parentRunId === null || run.nodeName === null) return { pipeline: null, items: [] };
  const [parent] = await db.select({ name: runs.name }).from(runs).where(eq(runs.id, run.parentRunId));
  if (!parent) return { pipeline: null, items: [] };
  const { graph, nodes } = await readRunGraph(db, workspaceId, parent.name);
  const byName = new Map(graph.nodes.map((node) => [node.name, node]));
  const runOf = new Map(nodes.map((node) => [node.name, node.runName]));
  const trainOf = new Map(listPaths(graph).map(({ train, score }) => [score.name, train.name]));
  const items: ReadScore[] = [];
  for (const [input, binding] of Object.entries(byName.get(run.nodeName)?.inputs ?? {})) {
    const score = binding.kind === "output" ? byName.get(binding.node) : undefined;
    if (binding.kind !== "output" || score?.component?.inference?.role !== "score") continue;
    items.push({
      input,
      scoreNode: score.name,
      scoreDisplayName: score.displayName,
      run: runOf.get(score.name) ?? "",
      output: binding.port,
      trainNode: trainOf.get(score.name) ?? null,
      takesThreshold: takesThreshold(score),
    });
  }
  return { pipeline: parent.name, items };
}
