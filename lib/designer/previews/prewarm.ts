import type { Queryable } from "#db/client.ts";
import { resolveTarget } from "#lib/computes/queries.ts";
import { enqueueTask } from "#lib/queue/commands.ts";

export const prewarmTask = "worker.prewarm";

/** What the modules run in. */
export const moduleEnvironmentName = "azureml:designer-1@latest";

/** Has the worker of the modules started, so that the first preview does not wait for it. */
export async function prewarm(db: Queryable, workspaceId: string): Promise<void> {
  const { target } = await resolveTarget(db, workspaceId, undefined);
  const payload = { workspaceId, environment: moduleEnvironmentName, provider: target.provider };
  const key = `${workspaceId} ${target.provider}`;
  await enqueueTask(db, { kind: prewarmTask, key, payload, workspaceId, maxAttempts: 1 });
}
