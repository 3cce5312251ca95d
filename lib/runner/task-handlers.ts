import { prepareDatasetHandler } from "#lib/datasets/prepare-task.ts";
import { createPreviewHandler } from "#lib/designer/previews/compute-preview.ts";
import { prewarmTask } from "#lib/designer/previews/prewarm.ts";
import { heavyPreviewTask, previewTask } from "#lib/designer/previews/task.ts";
import { buildTaskKind } from "#lib/environments/commands.ts";
import type { TaskHandler } from "#lib/queue/loop.ts";
import type { Services } from "#lib/services/services.ts";
import { createBuildHandler } from "./build-environment.ts";
import { createPreviewWorkers } from "./previews/preview-workers.ts";
import type { Providers } from "./providers.ts";
import { createPrewarmHandler } from "./workers/prewarm-task.ts";
import type { WorkerPool } from "./workers/worker-pool.ts";

export interface TaskHandlers {
  /** What somebody waits for with the page open: a long build is never in its way. */
  quick: Record<string, TaskHandler>;
  /** What somebody asked for and knows to take long. */
  heavy: Record<string, TaskHandler>;
  background: Record<string, TaskHandler>;
}

/** Small work beside runs, by its kind. A domain adds one line. */
export function createTaskHandlers(
  services: Services,
  providers: Providers,
  workers: WorkerPool,
): TaskHandlers {
  const previews = createPreviewHandler(createPreviewWorkers(services, providers, workers));
  return {
    quick: { [previewTask]: previews },
    heavy: { [heavyPreviewTask]: previews },
    background: {
      [buildTaskKind]: createBuildHandler(providers),
      "dataset.prepare": prepareDatasetHandler,
      [prewarmTask]: createPrewarmHandler(providers, workers),
    },
  };
}
