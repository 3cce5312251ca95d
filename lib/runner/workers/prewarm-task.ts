import { z } from "zod";
import { resolveEnvironmentField } from "#lib/environments/resolve.ts";
import type { TaskHandler } from "#lib/queue/loop.ts";
import type { Providers } from "../providers.ts";
import type { WorkerPool } from "./worker-pool.ts";

const payloadSchema = z.object({
  workspaceId: z.string(),
  /** As a job names it. */
  environment: z.string(),
  provider: z.string(),
});

/** Starts a worker before its first step asks for it: a draft was opened, a pipeline sent. */
export function createPrewarmHandler(providers: Providers, workers: WorkerPool): TaskHandler {
  return {
    async run(services, task, signal) {
      const { workspaceId, environment: name, provider: type } = payloadSchema.parse(task.payload);
      const provider = providers.get(type);
      if (!provider) return;
      const { versionId: _, ...environment } = await resolveEnvironmentField(services.db, workspaceId, name);
      await workers.warm({ workspaceId, environment, provider }, { signal });
    },
  };
}
