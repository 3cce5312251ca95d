import { sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { runDatasets, runModels } from "#db/schema/index.ts";
import { notFound } from "#lib/core/errors.ts";
import { getLoggedModel } from "../queries/logged-models.ts";
import type { Run } from "../queries/runs.ts";

export interface DatasetInput {
  name: string;
  digest: string;
  sourceType: string;
  source: string;
  schema?: string | undefined;
  profile?: string | undefined;
  /** `mlflow.data.context` says what it was used for. */
  tags: Record<string, string>;
}

/** Notes data sets that a run used. The same one again adds its tags. */
export async function logDatasets(db: Queryable, run: Run, inputs: readonly DatasetInput[]): Promise<void> {
  // One statement cannot change a row twice.
  const unique = new Map(inputs.map((input) => [`${input.name}\0${input.digest}`, input]));
  if (unique.size === 0) return;
  await db
    .insert(runDatasets)
    .values(
      [...unique.values()].map((input) => ({
        ...input,
        runId: run.id,
        schema: input.schema ?? null,
        profile: input.profile ?? null,
      })),
    )
    .onConflictDoUpdate({
      target: [runDatasets.runId, runDatasets.name, runDatasets.digest],
      set: { tags: sql`${runDatasets.tags} || excluded.tags` },
    });
}

/** Notes logged models of the workspace that a run used or made. */
export async function linkModels(
  db: Queryable,
  run: Run,
  direction: "input" | "output",
  models: readonly { modelId: string; step: number }[],
): Promise<void> {
  for (const { modelId, step } of models) {
    const model = await getLoggedModel(db, run.workspaceId, modelId);
    if (model.deletedAt) throw notFound(`Logged model “${modelId}”`);
    await db
      .insert(runModels)
      .values({ runId: run.id, direction, modelId, step })
      .onConflictDoUpdate({
        target: [runModels.runId, runModels.direction, runModels.modelId],
        set: { step },
      });
  }
}
