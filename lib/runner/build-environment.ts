import { z } from "zod";
import { environmentDefinitionSchema } from "#lib/environments/build/definition.ts";
import { ensureEnvironment } from "#lib/environments/ensure.ts";
import { publish } from "#lib/live/outbox.ts";
import type { TaskHandler } from "#lib/queue/loop.ts";
import type { Providers } from "./providers.ts";

const payloadSchema = z.object({
  definition: environmentDefinitionSchema,
  kind: z.enum(["image", "venv"]),
  name: z.string(),
});

/** Builds an environment that somebody asked for ahead of its first run. */
export function createBuildHandler(providers: Providers): TaskHandler {
  return {
    async run(services, task, signal) {
      const { definition, kind, name } = payloadSchema.parse(task.payload);
      const provider = [...providers.values()].find((item) => (item.images ? "image" : "venv") === kind);
      if (!provider) throw new Error(`no provider makes a ${kind}`);
      const tell = async (event: string) => {
        const { workspaceId } = task;
        if (workspaceId) await publish(services.db, { workspaceId, kind: "environment", name, event });
      };
      try {
        await tell("building");
        await ensureEnvironment(services, definition, { provider, signal });
      } finally {
        await tell("built");
      }
    },
  };
}
