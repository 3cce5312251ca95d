import type { Database } from "#db/client.ts";
import { endpoints } from "#db/schema/index.ts";
import { recordActivity } from "#lib/activity/record.ts";
import { AppError, invalid } from "#lib/core/errors.ts";
import { newId } from "#lib/core/ids.ts";
import { publish } from "#lib/live/outbox.ts";
import type { SecretVault } from "#lib/secrets/commands.ts";
import { loadSpecText, loadSpecValue } from "#lib/spec/load-text.ts";
import { newKey, sealKey } from "../keys.ts";
import { wakeGateways } from "../wake.ts";

export interface Actor {
  workspaceId: string;
  userId: string;
}

/** A spec as text or as a mapping. */
export type SpecSource = string | Record<string, unknown>;

export function textsOf(map: Record<string, string | null> | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(map ?? {}).map(([key, value]) => [key, value ?? ""]));
}

/** Makes an endpoint: an address and two keys, without a deployment. `CONFLICT` when the name is taken. */
export async function createEndpoint(
  services: { db: Database; vault: SecretVault },
  actor: Actor,
  source: SpecSource,
): Promise<string> {
  const options = { kind: "online-endpoint" as const };
  const { spec } =
    typeof source === "string" ? loadSpecText(source, options) : loadSpecValue(source, options);
  if (spec.auth_mode !== "key") {
    throw invalid(
      "auth_mode",
      `must be key: endpoints are opened with keys here, not with ${spec.auth_mode}.`,
    );
  }
  if (Object.values(spec.traffic ?? {}).some((percent) => percent > 0)) {
    throw invalid("traffic", "can be set once the endpoint has deployments. Make the endpoint first.");
  }
  const primary = newKey();
  const secondary = newKey();
  const { workspaceId, userId } = actor;
  await services.db.transaction(async (tx) => {
    const [row] = await tx
      .insert(endpoints)
      .values({
        id: newId("end"),
        workspaceId,
        name: spec.name,
        description: spec.description ?? "",
        tags: textsOf(spec.tags),
        primaryKeyHash: primary.hash,
        secondaryKeyHash: secondary.hash,
        createdBy: userId,
      })
      .onConflictDoNothing()
      .returning({ id: endpoints.id, workspaceId: endpoints.workspaceId });
    if (!row) {
      throw new AppError("CONFLICT", {
        userMessage: `There is an endpoint “${spec.name}” already. Choose another name, or add a deployment to that one.`,
        issues: [{ path: "name", message: "is taken", value: spec.name }],
      });
    }
    await sealKey(tx, services.vault, row, "primary", primary.key);
    await sealKey(tx, services.vault, row, "secondary", secondary.key);
    await recordActivity(tx, { workspaceId, userId, verb: "created", kind: "endpoint", name: spec.name });
    await publish(tx, { workspaceId, kind: "endpoint", name: spec.name, event: "created" });
    await wakeGateways(tx);
  });
  return spec.name;
}
