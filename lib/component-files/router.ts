import { implement } from "@orpc/server";
import type { WorkspaceContext } from "#lib/api/context.ts";
import { componentFilesContract } from "./contract.ts";
import { openComponentFiles } from "./queries.ts";

const os = implement(componentFilesContract).$context<WorkspaceContext>();

export const componentFilesRouter = os.router({
  list: os.list.handler(async ({ input, context }) => {
    const { services, workspace } = context;
    const files = await openComponentFiles(services, workspace.id, input.component, input.version);
    return { items: (await files.list()).map(({ path, sizeBytes }) => ({ path, sizeBytes })) };
  }),
});
