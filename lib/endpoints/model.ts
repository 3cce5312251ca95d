import { z } from "zod";
import { tags } from "#lib/assets/model.ts";

/** How far a wish is met, in Azure's words. */
export const provisioningStates = ["Creating", "Updating", "Succeeded", "Failed", "Deleting"] as const;
export type ProvisioningState = (typeof provisioningStates)[number];

export const instanceStates = ["starting", "ready", "unhealthy", "draining", "stopped"] as const;
export type InstanceState = (typeof instanceStates)[number];

/** Deployment name → percent. */
export const traffic = z.record(z.string(), z.number().int().min(0).max(100));
export type Traffic = z.infer<typeof traffic>;

export const deploymentInstance = z.object({
  id: z.string(),
  number: z.number().int(),
  state: z.enum(instanceStates),
  /** Why it is not ready. */
  reason: z.string(),
  createdAt: z.number(),
  readyAt: z.number().nullable(),
});
export type DeploymentInstance = z.infer<typeof deploymentInstance>;

export const deployment = z.object({
  name: z.string(),
  endpoint: z.string(),
  model: z.object({ name: z.string(), version: z.string() }),
  environment: z.string().nullable(),
  instanceType: z.string(),
  instanceCount: z.number().int(),
  readyCount: z.number().int(),
  cpus: z.number().int(),
  memoryMib: z.number().int(),
  requestTimeoutMs: z.number().int(),
  maxConcurrentRequestsPerInstance: z.number().int(),
  maxQueueWaitMs: z.number().int(),
  environmentVariables: z.record(z.string(), z.string()),
  description: z.string(),
  tags,
  provisioningState: z.enum(provisioningStates),
  /** The step under way, for people. */
  progress: z.string(),
  error: z.string().nullable(),
  /** Percent of the endpoint's traffic. */
  traffic: z.number().int(),
  /** All traffic goes to it as soon as it is ready. */
  allTrafficWhenReady: z.boolean(),
  /** The serving image (`sha256:…`). */
  imageDigest: z.string().nullable(),
  instances: z.array(deploymentInstance),
  createdBy: z.string().nullable(),
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type Deployment = z.infer<typeof deployment>;

export const endpointSummary = z.object({
  name: z.string(),
  description: z.string(),
  tags,
  authMode: z.literal("key"),
  traffic,
  provisioningState: z.enum(provisioningStates),
  /** Where predictions are asked for: `…/score`. */
  scoringUri: z.string(),
  openapiUri: z.string(),
  createdBy: z.string().nullable(),
  createdAt: z.number(),
  updatedAt: z.number(),
  deployments: z.array(deployment),
});
export type EndpointSummary = z.infer<typeof endpointSummary>;

/** What an endpoint can do now, for people. */
export type EndpointHealth = "healthy" | "starting" | "degraded" | "failed" | "empty" | "deleting";

/** From the deployments that take traffic; without traffic, from all. */
export function healthOf(
  endpoint: Pick<EndpointSummary, "deployments" | "provisioningState">,
): EndpointHealth {
  if (endpoint.provisioningState === "Deleting") return "deleting";
  const { deployments } = endpoint;
  if (deployments.length === 0) return "empty";
  const taking = deployments.filter((item) => item.traffic > 0);
  const counted = taking.length > 0 ? taking : deployments;
  if (counted.every((item) => item.instanceCount > 0 && item.readyCount >= item.instanceCount))
    return "healthy";
  if (counted.some((item) => item.readyCount > 0)) return "degraded";
  return counted.some((item) => item.provisioningState === "Failed") ? "failed" : "starting";
}

/** Sizes by name. Azure's own names are taken as the smallest that holds a usual model. */
export const instanceTypes = {
  small: { cpus: 1, memoryMib: 1024 },
  medium: { cpus: 2, memoryMib: 2048 },
  large: { cpus: 4, memoryMib: 8192 },
} as const;
export type InstanceType = keyof typeof instanceTypes;

export function sizeOf(instanceType: string | undefined): { cpus: number; memoryMib: number } {
  const name = (instanceType ?? "small").toLowerCase();
  return name in instanceTypes ? instanceTypes[name as InstanceType] : instanceTypes.small;
}

export const credentials = z.object({ primaryKey: z.string(), secondaryKey: z.string() });

export const invokeResult = z.object({
  status: z.number().int(),
  /** As the model wrote it, also when it is no JSON. */
  body: z.string(),
  /** From request to answer, seen from the studio. */
  latencyMs: z.number(),
  /** Who answered; null when the gateway did. */
  deployment: z.string().nullable(),
  requestId: z.string().nullable(),
  /** Parts of the time, in ms, in order: gateway, queue, read, model, write … */
  timings: z.array(z.object({ name: z.string(), ms: z.number() })),
});
export type InvokeResult = z.infer<typeof invokeResult>;

export const telemetryPoint = z.object({
  /** Start of the interval, UTC ms. */
  at: z.number(),
  requests: z.number().int(),
  errors: z.number().int(),
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
});

export const telemetry = z.object({
  /** Length of each interval. */
  stepMs: z.number().int(),
  from: z.number(),
  to: z.number(),
  series: z.array(
    z.object({
      /** Empty: requests that no deployment could take. */
      deployment: z.string(),
      requests: z.number().int(),
      errors: z.number().int(),
      p50Ms: z.number().nullable(),
      p95Ms: z.number().nullable(),
      points: z.array(telemetryPoint),
    }),
  ),
});
export type Telemetry = z.infer<typeof telemetry>;

/** What is wrong with a split, as a sentence after the field's name; null when nothing is. */
export function trafficFault(
  asked: Traffic,
  known: readonly string[],
): { path: string; message: string } | null {
  const unknown = Object.keys(asked).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const there = known.length > 0 ? `There is ${known.join(", ")}.` : "There is none yet.";
    return { path: `traffic.${unknown}`, message: `names no deployment of this endpoint. ${there}` };
  }
  const total = Object.values(asked).reduce((sum, percent) => sum + percent, 0);
  if (total === 0 || total === 100) return null;
  return { path: "traffic", message: `adds up to ${total} %. It must be 100, or 0 for no traffic at all.` };
}

/** A registered model that endpoints can serve, newest version first. */
export const deployableModel = z.object({
  name: z.string(),
  versions: z.array(z.object({ version: z.string(), createdAt: z.number(), runName: z.string().nullable() })),
});
export type DeployableModel = z.infer<typeof deployableModel>;
