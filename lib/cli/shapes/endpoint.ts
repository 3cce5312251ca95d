import type { Deployment, EndpointSummary } from "#lib/endpoints/model.ts";
import { creation } from "./words.ts";

export function showEndpoint(endpoint: EndpointSummary): Record<string, unknown> {
  return {
    auth_mode: endpoint.authMode,
    creation_context: creation(endpoint.createdAt, endpoint.createdBy),
    description: endpoint.description,
    id: `azureml://online_endpoints/${endpoint.name}`,
    kind: "Managed",
    name: endpoint.name,
    openapi_uri: endpoint.openapiUri,
    provisioning_state: endpoint.provisioningState,
    public_network_access: "enabled",
    scoring_uri: endpoint.scoringUri,
    tags: endpoint.tags,
    traffic: endpoint.traffic,
  };
}

export function showDeployment(deployment: Deployment): Record<string, unknown> {
  const { model } = deployment;
  return {
    creation_context: creation(deployment.createdAt, deployment.createdBy),
    description: deployment.description,
    endpoint_name: deployment.endpoint,
    environment: deployment.environment ? `azureml:${deployment.environment}` : null,
    environment_variables: deployment.environmentVariables,
    id: `azureml://online_endpoints/${deployment.endpoint}/deployments/${deployment.name}`,
    image_digest: deployment.imageDigest,
    instance_count: deployment.instanceCount,
    instance_type: deployment.instanceType,
    model: model.version ? `azureml:${model.name}:${model.version}` : null,
    name: deployment.name,
    provisioning_errors: deployment.error,
    provisioning_state: deployment.provisioningState,
    ready_count: deployment.readyCount,
    request_settings: {
      max_concurrent_requests_per_instance: deployment.maxConcurrentRequestsPerInstance,
      max_queue_wait_ms: deployment.maxQueueWaitMs,
      request_timeout_ms: deployment.requestTimeoutMs,
    },
    scale_settings: { type: "default" },
    tags: deployment.tags,
    traffic_percent: deployment.traffic,
    type: "managed",
  };
}
