import { implement } from "@orpc/server";
import type { WorkspaceContext } from "#lib/api/context.ts";
import { runOutputsContract } from "./contract.ts";
import { getOutput, readOutputProfile, readOutputRows } from "./queries.ts";

const os = implement(runOutputsContract).$context<WorkspaceContext>();

export const runOutputsRouter = os.router({
  get: os.get.handler(({ input, context }) =>
    getOutput(context.services, { ...input, workspaceId: context.workspace.id }),
  ),
  rows: os.rows.handler(({ input, context }) =>
    readOutputRows(context.services, { ...input, workspaceId: context.workspace.id }, input.query),
  ),
  profile: os.profile.handler(({ input, context }) =>
    readOutputProfile(context.services, { ...input, workspaceId: context.workspace.id }),
  ),
});
