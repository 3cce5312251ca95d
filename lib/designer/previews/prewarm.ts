import type { Queryable } from "#db/client.ts";
import { resolveTarget } from "#lib/computes/queries.ts";
import { enqueueTask } from "#lib/queue/commands.ts";

import type { JsonMap } from "../document/types.ts";
import { textOf } from "../document/values.ts";

export const prewarmTask = "worker.prewarm";

/** What the modules run in. */
export const moduleEnvironmentName = "azureml:designer-1@latest";

/** The compute target that a pipeline's settings name. */
export function defaultComputeOf(settings: Readonly<JsonMap>): string | undefined {
  return textOf(settings.default_compute).replace(/^azureml:/, "") || undefined;
}

/** Has the worker of the modules started, so that the first preview does not wait for it. */
export async function prewarm(db: Queryable, workspaceId: string, compute?: string): Promise<void> {
  const { target } = await resolveTarget(db, workspaceId, compute);
  const payload = { workspaceId, environment: moduleEnvironmentName, provider: target.provider };
  const key = `${workspaceId} ${target.provider}`;
  await enqueueTask(db, { kind: prewarmTask, key, payload, workspaceId, maxAttempts: 1 });
}
