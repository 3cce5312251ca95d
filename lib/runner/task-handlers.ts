import { prepareDatasetHandler } from "#lib/datasets/prepare-task.ts";
import { buildTaskKind } from "#lib/environments/commands.ts";
import type { TaskHandler } from "#lib/queue/loop.ts";
import { createBuildHandler } from "./build-environment.ts";
import type { Providers } from "./providers.ts";

/** Small background work by its kind. A domain adds one line. */
export function createTaskHandlers(providers: Providers): Record<string, TaskHandler> {
  return {
    [buildTaskKind]: createBuildHandler(providers),
    "dataset.prepare": prepareDatasetHandler,
  };
}
