import { implement } from "@orpc/server";
import type { WorkspaceContext } from "#lib/api/context.ts";
import { pipelinesContract } from "./contract.ts";
import { readRunGraph } from "./queries.ts";
import { validatePipeline } from "./validate-pipeline.ts";

const os = implement(pipelinesContract).$context<WorkspaceContext>();

export const pipelinesRouter = os.router({
  validate: os.validate.handler(({ input, context }) =>
    validatePipeline(context.services.db, context.workspace.id, input),
  ),
  graph: os.graph.handler(({ input, context }) =>
    readRunGraph(context.services.db, context.workspace.id, input.run),
  ),
});
