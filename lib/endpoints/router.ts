import { implement } from "@orpc/server";
import type { WorkspaceContext } from "#lib/api/context.ts";
import { deleteDeployment, updateDeployment } from "./commands/change-deployment.ts";
import {
  deleteEndpoint,
  readCredentials,
  regenerateKey,
  updateEndpoint,
} from "./commands/change-endpoint.ts";
import { createDeployment } from "./commands/create-deployment.ts";
import { type Actor, createEndpoint } from "./commands/create-endpoint.ts";
import { endpointsContract } from "./contract.ts";
import { listDeployableModels } from "./deployable-models.ts";
import { invokeEndpoint } from "./invoke.ts";
import { readDeploymentLogs } from "./logs.ts";
import {
  type EndpointScope,
  getDeployment,
  getDeploymentRow,
  getEndpoint,
  getEndpointRow,
  listEndpoints,
} from "./queries.ts";
import { readTelemetry } from "./telemetry.ts";

const os = implement(endpointsContract).$context<WorkspaceContext>();

const scopeOf = (context: WorkspaceContext): EndpointScope => ({
  workspaceId: context.workspace.id,
  gatewayUrl: context.services.env.gatewayUrl,
});

const actorOf = (context: WorkspaceContext): Actor => ({
  workspaceId: context.workspace.id,
  userId: context.principal.userId,
});

const endpointOf = (context: WorkspaceContext, name: string) =>
  getEndpoint(context.services.db, scopeOf(context), name);

const deploymentOf = (context: WorkspaceContext, input: { endpoint: string; deployment: string }) =>
  getDeployment(context.services.db, scopeOf(context), input.endpoint, input.deployment);

async function deploymentRowOf(context: WorkspaceContext, input: { endpoint: string; deployment: string }) {
  const { db } = context.services;
  return getDeploymentRow(
    db,
    await getEndpointRow(db, context.workspace.id, input.endpoint),
    input.deployment,
  );
}

export const endpointsRouter = os.router({
  list: os.list.handler(({ input, context }) => listEndpoints(context.services.db, scopeOf(context), input)),
  get: os.get.handler(({ input, context }) => endpointOf(context, input.endpoint)),
  create: os.create.handler(async ({ input, context }) =>
    endpointOf(context, await createEndpoint(context.services, actorOf(context), input.spec)),
  ),
  update: os.update.handler(async ({ input, context }) => {
    const { workspace: _, endpoint, ...change } = input;
    await updateEndpoint(context.services.db, actorOf(context), endpoint, change);
    return endpointOf(context, endpoint);
  }),
  delete: os.delete.handler(async ({ input, context }) => {
    await deleteEndpoint(context.services.db, actorOf(context), input.endpoint);
    return { name: input.endpoint };
  }),
  credentials: os.credentials.handler(({ input, context }) =>
    readCredentials(context.services, context.workspace.id, input.endpoint),
  ),
  regenerateKey: os.regenerateKey.handler(async ({ input, context }) => {
    await regenerateKey(context.services, actorOf(context), input.endpoint, input.keyType);
    return readCredentials(context.services, context.workspace.id, input.endpoint);
  }),
  invoke: os.invoke.handler(({ input, context }) =>
    invokeEndpoint(context.services, scopeOf(context), input.endpoint, input),
  ),
  telemetry: os.telemetry.handler(async ({ input, context }) => {
    const { db } = context.services;
    return readTelemetry(db, (await getEndpointRow(db, context.workspace.id, input.endpoint)).id, input);
  }),
  deployableModels: os.deployableModels.handler(async ({ context }) => ({
    items: await listDeployableModels(context.services.db, context.workspace.id),
  })),
  listDeployments: os.listDeployments.handler(async ({ input, context }) => ({
    items: (await endpointOf(context, input.endpoint)).deployments,
  })),
  getDeployment: os.getDeployment.handler(({ input, context }) => deploymentOf(context, input)),
  createDeployment: os.createDeployment.handler(async ({ input, context }) => {
    const { endpoint, spec, allTraffic, removeFormer } = input;
    const { db } = context.services;
    const options = { allTraffic, removeFormer };
    const deployment = await createDeployment(db, actorOf(context), endpoint, spec, options);
    return deploymentOf(context, { endpoint, deployment });
  }),
  updateDeployment: os.updateDeployment.handler(async ({ input, context }) => {
    const { workspace: _, endpoint, deployment, ...change } = input;
    await updateDeployment(context.services.db, actorOf(context), endpoint, deployment, change);
    return deploymentOf(context, input);
  }),
  deleteDeployment: os.deleteDeployment.handler(async ({ input, context }) => {
    await deleteDeployment(context.services.db, actorOf(context), input.endpoint, input.deployment);
    return { name: input.deployment };
  }),
  schema: os.schema.handler(async ({ input, context }) => ({
    openapi: (await deploymentRowOf(context, input)).openapi,
  })),
  logs: os.logs.handler(async ({ input, context }) => ({
    content: await readDeploymentLogs(context.services.db, await deploymentRowOf(context, input), input),
  })),
});
