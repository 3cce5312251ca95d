import { prepareDatasetHandler } from "#lib/datasets/prepare-task.ts";
import { prewarmTask } from "#lib/designer/previews/prewarm.ts";
import { buildTaskKind } from "#lib/environments/commands.ts";
import type { TaskHandler } from "#lib/queue/loop.ts";
import { createBuildHandler } from "./build-environment.ts";
import type { Providers } from "./providers.ts";
import { createPrewarmHandler } from "./workers/prewarm-task.ts";
import type { WorkerPool } from "./workers/worker-pool.ts";

/** Small background work by its kind. A domain adds one line. */
export function createTaskHandlers(providers: Providers, workers: WorkerPool): Record<string, TaskHandler> {
  return {
    [buildTaskKind]: createBuildHandler(providers),
    "dataset.prepare": prepareDatasetHandler,
    [prewarmTask]: createPrewarmHandler(providers, workers),
  };
}
