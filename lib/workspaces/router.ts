import { implement } from "@orpc/server";
import type { UserContext, WorkspaceContext } from "#lib/api/context.ts";
import { archiveWorkspace, createWorkspace, restoreWorkspace, updateWorkspace } from "./commands.ts";
import { workspacesContract } from "./contract.ts";
import { getWorkspace, listMyWorkspaces } from "./queries.ts";

const anywhere = implement(workspacesContract).$context<UserContext>();
const os = implement(workspacesContract).$context<WorkspaceContext>();

export const workspacesRouter = {
  list: anywhere.list.handler(async ({ context }) => ({
    items: await listMyWorkspaces(context.services.db, context.principal),
  })),
  create: anywhere.create.handler(async ({ context, input }) => {
    const { db } = context.services;
    const { id } = await createWorkspace(db, context.principal.userId, input);
    return getWorkspace(db, id, "owner");
  }),
  get: os.get.handler(({ context }) =>
    getWorkspace(context.services.db, context.workspace.id, context.workspace.role),
  ),
  update: os.update.handler(async ({ context, input }) => {
    const { services, principal, workspace } = context;
    await updateWorkspace(services.db, principal.userId, workspace.id, input);
    return getWorkspace(services.db, workspace.id, workspace.role);
  }),
  archive: os.archive.handler(async ({ context }) => {
    await archiveWorkspace(context.services.db, context.principal.userId, context.workspace.id);
    return {};
  }),
  restore: anywhere.restore.handler(async ({ context, input }) => {
    const { db } = context.services;
    const { id } = await restoreWorkspace(db, context.principal.userId, input.name, input.as);
    return getWorkspace(db, id, "owner");
  }),
};
