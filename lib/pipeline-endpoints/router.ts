import { implement } from "@orpc/server";
import type { WorkspaceContext } from "#lib/api/context.ts";
import { getRun, readRunDetails } from "#lib/runs/queries/get-run.ts";
import * as commands from "./commands.ts";
import { pipelineEndpointsContract } from "./contract.ts";
import * as queries from "./queries.ts";
import { submitVersion } from "./submit.ts";

const os = implement(pipelineEndpointsContract).$context<WorkspaceContext>();

function scopeOf({ workspace, services }: WorkspaceContext): queries.Scope {
  return { workspaceId: workspace.id, workspaceName: workspace.name, studioUrl: services.env.url };
}

function actorOf({ workspace, principal }: WorkspaceContext) {
  return { workspaceId: workspace.id, userId: principal.userId };
}

const answer = (context: WorkspaceContext, name: string) =>
  queries.getPipelineEndpoint(context.services.db, scopeOf(context), name);

const keys = ({ services, workspace }: WorkspaceContext, name: string) =>
  queries.readCredentials(services.db, services.vault, workspace.id, name);

export const pipelineEndpointsRouter = os.router({
  list: os.list.handler(({ input, context }) =>
    queries.listPipelineEndpoints(context.services.db, scopeOf(context), input),
  ),
  get: os.get.handler(({ input, context }) => answer(context, input.endpoint)),
  publish: os.publish.handler(async ({ input, context }) => {
    await commands.publishPipeline(context.services, actorOf(context), input);
    return answer(context, input.name);
  }),
  version: os.version.handler(async ({ input, context }) => {
    const { db } = context.services;
    const endpoint = await queries.getEndpointRow(db, context.workspace.id, input.endpoint);
    const { number, text } = await queries.getVersion(db, endpoint, input.number);
    return { number, text };
  }),
  update: os.update.handler(async ({ input, context }) => {
    await commands.updatePipelineEndpoint(context.services.db, actorOf(context), input.endpoint, input);
    return answer(context, input.endpoint);
  }),
  delete: os.delete.handler(async ({ input, context }) => {
    await commands.deletePipelineEndpoint(context.services, actorOf(context), input.endpoint);
    return { name: input.endpoint };
  }),
  credentials: os.credentials.handler(({ input, context }) => keys(context, input.endpoint)),
  regenerateKey: os.regenerateKey.handler(async ({ input, context }) => {
    await commands.regeneratePipelineKey(context.services, actorOf(context), input.endpoint, input.keyType);
    return keys(context, input.endpoint);
  }),
  submit: os.submit.handler(async ({ input, context }) => {
    const { services, workspace, principal } = context;
    const endpoint = await queries.getEndpointRow(services.db, workspace.id, input.endpoint);
    const { name } = await submitVersion(services.db, endpoint, principal, input);
    const run = await getRun(services.db, workspace.id, name);
    return readRunDetails(services.db, run, { studioUrl: services.env.url, workspaceName: workspace.name });
  }),
});
