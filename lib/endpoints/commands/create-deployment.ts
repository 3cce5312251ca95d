import type { Database } from "#db/client.ts";
import { deployments } from "#db/schema/index.ts";
import { recordActivity } from "#lib/activity/record.ts";
import { AppError, invalid } from "#lib/core/errors.ts";
import { newId } from "#lib/core/ids.ts";
import { resolveEnvironmentField } from "#lib/environments/resolve.ts";
import { publish } from "#lib/live/outbox.ts";
import type { OnlineDeploymentSpec } from "#lib/spec/kinds/online-deployment.ts";
import { loadSpecText, loadSpecValue } from "#lib/spec/load-text.ts";
import { sizeOf } from "../model.ts";
import { wakeReconciler } from "../wake.ts";
import { lockEndpoint } from "./change-endpoint.ts";
import { type Actor, type SpecSource, textsOf } from "./create-endpoint.ts";
import { resolveModel } from "./resolve-model.ts";

/** What a deployment file may ask for and this studio cannot give is refused by name, not left out in silence. */
function refuseUnknown(spec: OnlineDeploymentSpec): void {
  if (spec.code_configuration) {
    throw invalid(
      "code_configuration",
      "cannot be used here: a model in MLflow's format needs no scoring script.",
    );
  }
  if (typeof spec.model !== "string") {
    throw invalid("model", "must name a registered model, such as azureml:churn:1 or azureml:churn@latest.");
  }
  if (spec.scale_settings?.type === "target_utilization") {
    throw invalid("scale_settings", "must be of type default: give a fixed instance_count.");
  }
}

export interface DeploymentOptions {
  /** All traffic goes to it as soon as it is ready. */
  allTraffic: boolean;
  /** The deployments that had the traffic are removed then. */
  removeFormer?: boolean | undefined;
}

/** Asks for a deployment; the runner builds and starts it. `CONFLICT` when the endpoint has one of that name. */
export async function createDeployment(
  db: Database,
  actor: Actor,
  endpointName: string,
  source: SpecSource,
  options: DeploymentOptions,
): Promise<string> {
  const load = { kind: "online-deployment" as const, flags: { endpoint_name: endpointName } };
  const { spec } = typeof source === "string" ? loadSpecText(source, load) : loadSpecValue(source, load);
  refuseUnknown(spec);
  const { workspaceId, userId } = actor;
  const { request_settings: limits } = spec;
  await db.transaction(async (tx) => {
    const endpoint = await lockEndpoint(tx, actor, endpointName);
    const model = await resolveModel(tx, workspaceId, String(spec.model));
    const environment =
      spec.environment === undefined
        ? null
        : await resolveEnvironmentField(tx, workspaceId, spec.environment);
    const [row] = await tx
      .insert(deployments)
      .values({
        id: newId("dep"),
        endpointId: endpoint.id,
        workspaceId,
        name: spec.name,
        modelVersionId: model.version.id,
        environment: environment && {
          name: environment.name,
          digest: environment.digest,
          definition: environment.definition,
        },
        instanceType: spec.instance_type ?? "small",
        ...sizeOf(spec.instance_type),
        instanceCount: spec.instance_count,
        ...(limits && {
          requestTimeoutMs: limits.request_timeout_ms,
          maxConcurrentRequestsPerInstance: limits.max_concurrent_requests_per_instance,
          maxQueueWaitMs: limits.max_queue_wait_ms,
        }),
        environmentVariables: { ...spec.environment_variables },
        tags: textsOf(spec.tags),
        description: spec.description ?? "",
        allTrafficWhenReady: options.allTraffic,
        removeFormerWhenReady: options.allTraffic && (options.removeFormer ?? false),
        progress: "Waiting for the runner",
        createdBy: userId,
      })
      .onConflictDoNothing()
      .returning({ id: deployments.id });
    if (!row) {
      throw new AppError("CONFLICT", {
        userMessage: `${endpointName} has a deployment “${spec.name}” already. Choose another name, or delete that one first.`,
        issues: [{ path: "name", message: "is taken", value: spec.name }],
      });
    }
    const data = { deployment: spec.name, model: model.name, version: model.version.version };
    await recordActivity(tx, {
      workspaceId,
      userId,
      verb: "deployed to",
      kind: "endpoint",
      name: endpointName,
      data,
    });
    await publish(tx, { workspaceId, kind: "endpoint", name: endpointName, event: "updated", data });
    await wakeReconciler(tx);
  });
  return spec.name;
}
