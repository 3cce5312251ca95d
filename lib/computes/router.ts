import { implement } from "@orpc/server";
import type { WorkspaceContext } from "#lib/api/context.ts";
import { createTarget, deleteTarget, updateTarget } from "./commands.ts";
import { computesContract } from "./contract.ts";
import { getTarget, listTargets } from "./queries.ts";

const os = implement(computesContract).$context<WorkspaceContext>();

export const computesRouter = os.router({
  list: os.list.handler(async ({ context }) => ({
    items: await listTargets(context.services.db, context.workspace.id),
  })),
  get: os.get.handler(({ input, context }) =>
    getTarget(context.services.db, context.workspace.id, input.compute),
  ),
  create: os.create.handler(async ({ input, context }) => {
    const { services, workspace, principal } = context;
    const name = await createTarget(services.db, workspace.id, principal.userId, input.spec);
    return getTarget(services.db, workspace.id, name);
  }),
  update: os.update.handler(async ({ input, context }) => {
    const { workspace: _, compute, ...change } = input;
    await updateTarget(context.services.db, context.workspace.id, compute, change);
    return getTarget(context.services.db, context.workspace.id, compute);
  }),
  delete: os.delete.handler(async ({ input, context }) => {
    const { services, workspace, principal } = context;
    await deleteTarget(services.db, workspace.id, principal.userId, input.compute);
    return { name: input.compute };
  }),
});
