import { implement } from "@orpc/server";
import type { WorkspaceContext } from "#lib/api/context.ts";
import { activityContract } from "./contract.ts";
import { listActivities } from "./queries.ts";

const os = implement(activityContract).$context<WorkspaceContext>();

export const activityRouter = {
  list: os.list.handler(({ context, input }) =>
    listActivities(context.services.db, { ...input, workspaceId: context.workspace.id }),
  ),
};
