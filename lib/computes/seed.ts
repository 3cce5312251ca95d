import type { Queryable } from "#db/client.ts";
import { computeTargets } from "#db/schema/index.ts";
import { newId } from "#lib/core/ids.ts";

/** Gives a new workspace its two targets: a container for each run, and a process for each run. Safe to repeat. */
export async function seedComputeTargets(tx: Queryable, workspaceId: string): Promise<void> {
  const targets = [
    { name: "docker", provider: "docker", maxInstances: 2, description: "A container for each run" },
    { name: "local", provider: "local", maxInstances: 2, description: "A process on the studio's machine" },
  ];
  await tx
    .insert(computeTargets)
    .values(targets.map((target) => ({ id: newId("cmp"), workspaceId, ...target })))
    .onConflictDoNothing();
}
