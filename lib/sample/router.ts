import { implement } from "@orpc/server";
import type { WorkspaceContext } from "#lib/api/context.ts";
import { startSample } from "./commands.ts";
import { sampleContract } from "./contract.ts";

const os = implement(sampleContract).$context<WorkspaceContext>();

export const sampleRouter = os.router({
  start: os.start.handler(({ context }) =>
    startSample(context.services, context.workspace.id, context.principal),
  ),
});
