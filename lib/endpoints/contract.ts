import { z } from "zod";
import { operation } from "#lib/api/operation.ts";
import { pageInput, pageOf } from "#lib/api/page.ts";
import { tags } from "#lib/assets/model.ts";
import {
  credentials,
  deployableModel,
  deployment,
  endpointSummary,
  invokeResult,
  telemetry,
  traffic,
} from "./model.ts";

const base = "/workspaces/{workspace}/endpoints" as const;
const oneEndpoint = z.object({ workspace: z.string(), endpoint: z.string() });
const oneDeployment = oneEndpoint.extend({ deployment: z.string() });
const gone = z.object({ name: z.string() });
/** A file of the kind: YAML, or the mapping that it stands for. */
const spec = z.union([z.string().max(100_000), z.record(z.string(), z.unknown())]);
const words = { description: z.string().max(10_000).optional(), tags: tags.optional() };
const count = z.number().int();

/** Endpoints and their deployments: models behind a stable address and key. */
export const endpointsContract = {
  list: operation({ method: "GET", path: base, access: "reader", summary: "Endpoints, newest first" })
    .input(z.object({ workspace: z.string(), search: z.string().max(255).optional(), ...pageInput }))
    .output(pageOf(endpointSummary)),
  get: operation({
    method: "GET",
    path: `${base}/{endpoint}`,
    access: "reader",
    summary: "One endpoint with its deployments and their instances",
  })
    .input(oneEndpoint)
    .output(endpointSummary),
  create: operation({
    method: "POST",
    path: base,
    access: "contributor",
    summary: "Make an endpoint from an endpoint file",
    status: 201,
  })
    .input(z.object({ workspace: z.string(), spec }))
    .output(endpointSummary),
  update: operation({
    method: "PATCH",
    path: `${base}/{endpoint}`,
    access: "contributor",
    summary: "Change the traffic split or the words of an endpoint",
  })
    .input(oneEndpoint.extend({ traffic: traffic.optional(), ...words }))
    .output(endpointSummary),
  delete: operation({
    method: "DELETE",
    path: `${base}/{endpoint}`,
    access: "contributor",
    summary: "Delete an endpoint with its deployments; its address and keys stop at once",
  })
    .input(oneEndpoint)
    .output(gone),
  credentials: operation({
    method: "GET",
    path: `${base}/{endpoint}/credentials`,
    access: "contributor",
    summary: "The endpoint's two keys",
  })
    .input(oneEndpoint)
    .output(credentials),
  regenerateKey: operation({
    method: "POST",
    path: `${base}/{endpoint}/regenerate-key`,
    access: "contributor",
    summary: "Replace one of the keys; the old one stops within seconds",
  })
    .input(oneEndpoint.extend({ keyType: z.enum(["primary", "secondary"]) }))
    .output(credentials),
  invoke: operation({
    method: "POST",
    path: `${base}/{endpoint}/invoke`,
    access: "contributor",
    summary: "Ask the endpoint through its gateway, with its own key",
  })
    .input(
      oneEndpoint.extend({
        /** Past the traffic split. */
        deployment: z.string().optional(),
        /** The JSON to send, as text. */
        body: z.string().max(32 * 2 ** 20),
        /** Also ask a classifier how sure it is. */
        probabilities: z.boolean().default(false),
      }),
    )
    .output(invokeResult),
  telemetry: operation({
    method: "GET",
    path: `${base}/{endpoint}/telemetry`,
    access: "reader",
    summary: "Requests, errors and latencies by deployment over a span of time",
  })
    .input(
      oneEndpoint.extend({
        /** UTC ms; the last hour unless told. */
        from: z.coerce.number().int().optional(),
        to: z.coerce.number().int().optional(),
      }),
    )
    .output(telemetry),
  deployableModels: operation({
    method: "GET",
    path: "/workspaces/{workspace}/deployable-models",
    access: "reader",
    summary: "Registered models that endpoints can serve, the most recently changed first",
  })
    .input(z.object({ workspace: z.string() }))
    .output(z.object({ items: z.array(deployableModel) })),
  listDeployments: operation({
    method: "GET",
    path: `${base}/{endpoint}/deployments`,
    access: "reader",
    summary: "The deployments of an endpoint",
  })
    .input(oneEndpoint)
    .output(z.object({ items: z.array(deployment) })),
  getDeployment: operation({
    method: "GET",
    path: `${base}/{endpoint}/deployments/{deployment}`,
    access: "reader",
    summary: "One deployment with its instances",
  })
    .input(oneDeployment)
    .output(deployment),
  createDeployment: operation({
    method: "POST",
    path: `${base}/{endpoint}/deployments`,
    access: "contributor",
    summary: "Deploy a model version from a deployment file; the runner builds and starts it",
    status: 201,
  })
    .input(
      oneEndpoint.extend({
        spec,
        /** Send all traffic to it as soon as it is ready. */
        allTraffic: z.boolean().default(false),
        /** With all traffic: remove the deployments that had it until then. */
        removeFormer: z.boolean().default(false),
      }),
    )
    .output(deployment),
  updateDeployment: operation({
    method: "PATCH",
    path: `${base}/{endpoint}/deployments/{deployment}`,
    access: "contributor",
    summary: "Change a deployment; what needs new instances starts them before the old ones stop",
  })
    .input(
      oneDeployment.extend({
        /** `azureml:name:version` or `azureml:name@label`. */
        model: z.string().max(600).optional(),
        instanceType: z.string().max(100).optional(),
        instanceCount: count.min(0).max(20).optional(),
        requestTimeoutMs: count.min(1).max(180_000).optional(),
        maxConcurrentRequestsPerInstance: count.min(1).max(1000).optional(),
        maxQueueWaitMs: count.min(0).max(180_000).optional(),
        environmentVariables: z.record(z.string(), z.string()).optional(),
        ...words,
      }),
    )
    .output(deployment),
  deleteDeployment: operation({
    method: "DELETE",
    path: `${base}/{endpoint}/deployments/{deployment}`,
    access: "contributor",
    summary: "Remove a deployment that takes no traffic; requests under way are finished",
  })
    .input(oneDeployment)
    .output(gone),
  schema: operation({
    method: "GET",
    path: `${base}/{endpoint}/deployments/{deployment}/openapi`,
    access: "reader",
    summary: "The OpenAPI document of a deployment's model, once it has been ready",
  })
    .input(oneDeployment)
    .output(z.object({ openapi: z.record(z.string(), z.unknown()).nullable() })),
  logs: operation({
    method: "GET",
    path: `${base}/{endpoint}/deployments/{deployment}/logs`,
    access: "reader",
    summary: "The last lines that a deployment wrote",
  })
    .input(
      oneDeployment.extend({
        lines: z.coerce.number().int().min(1).max(100_000).default(5000),
        /** `inference-server`: what the instances wrote. `storage-initializer`: how the image was made. */
        container: z.enum(["inference-server", "storage-initializer"]).default("inference-server"),
        /** One instance only. */
        instance: z.string().optional(),
      }),
    )
    .output(z.object({ content: z.string() })),
};
