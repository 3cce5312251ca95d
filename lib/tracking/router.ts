import { implement } from "@orpc/server";
import type { WorkspaceContext } from "#lib/api/context.ts";
import { trackingContract } from "./contract.ts";
import { readCurves } from "./queries/curves.ts";
import { listLoggedKeys } from "./queries/keys.ts";

const os = implement(trackingContract).$context<WorkspaceContext>();

export const trackingRouter = os.router({
  keys: os.keys.handler(async ({ context }) => ({
    items: await listLoggedKeys(context.services.db, context.workspace.id),
  })),
  curves: os.curves.handler(async ({ input, context }) => ({
    items: await readCurves(context.services.db, context.workspace.id, input),
  })),
});
