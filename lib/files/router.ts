import { implement } from "@orpc/server";
import type { WorkspaceContext } from "#lib/api/context.ts";
import { createTree, findMissingBlobs } from "./commands.ts";
import { filesContract } from "./contract.ts";

const os = implement(filesContract).$context<WorkspaceContext>();

export const filesRouter = os.router({
  findMissing: os.findMissing.handler(async ({ input, context }) => ({
    missing: await findMissingBlobs(context.services.db, context.workspace.id, input.sha256s),
  })),
  createTree: os.createTree.handler(({ input, context }) =>
    createTree(context.services.db, context.workspace.id, input.files),
  ),
});
