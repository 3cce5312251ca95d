import { and, eq } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { assets, assetVersions } from "#db/schema/index.ts";
import { registerOutput } from "../register-outputs.ts";
import type { ParentRow } from "./advance.ts";
import type { Reusable } from "./find-reusable.ts";
import { canonical } from "./step-key.ts";
import type { ReadyStep } from "./write-steps.ts";

/** Registers what reused steps give a name, unless the same files have a version of that name already. */
export async function registerReused(
  tx: Queryable,
  parent: ParentRow,
  reused: readonly (ReadyStep & { from: Reusable })[],
): Promise<void> {
  for (const { node, step, from } of reused) {
    for (const [port, output] of Object.entries(node.outputs)) {
      const made = from.outputs.get(port);
      if (!output.register || !made) continue;
      const { name, version } = output.register;
      const rows = await tx
        .select({ source: assetVersions.source })
        .from(assetVersions)
        .innerJoin(assets, eq(assets.id, assetVersions.assetId))
        .where(and(eq(assets.workspaceId, parent.workspaceId), eq(assets.name, name)));
      if (rows.some(({ source }) => canonical(source) === canonical(made.source))) continue;
      await registerOutput(
        tx,
        { id: step.id, name: step.name, workspaceId: parent.workspaceId, createdBy: parent.createdBy },
        { port, type: output.type, name, version: version ?? undefined, source: made.source },
      );
    }
  }
}
