import { implement } from "@orpc/server";
import type { WorkspaceContext } from "#lib/api/context.ts";
import { searchContract } from "./contract.ts";
import { searchWorkspace } from "./queries.ts";

const os = implement(searchContract).$context<WorkspaceContext>();

export const searchRouter = {
  find: os.find.handler(async ({ context, input }) => {
    const query = { workspaceId: context.workspace.id, text: input.q, limit: input.limit };
    return { items: await searchWorkspace(context.services.db, query, input.kind) };
  }),
};
