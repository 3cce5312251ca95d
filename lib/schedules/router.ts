import { implement } from "@orpc/server";
import type { WorkspaceContext } from "#lib/api/context.ts";
import { deleteSchedule, getSchedule, putSchedule, setEnabled, startJob } from "./commands.ts";
import { schedulesContract } from "./contract.ts";
import { listTimes } from "./next/list-times.ts";
import { listSchedules, readSchedule } from "./queries.ts";

const os = implement(schedulesContract).$context<WorkspaceContext>();

const find = ({ services, workspace }: WorkspaceContext, name: string) =>
  getSchedule(services.db, workspace.id, name);
const read = ({ services, workspace }: WorkspaceContext, name: string) =>
  readSchedule(services.db, workspace.id, name);

async function enable(context: WorkspaceContext, name: string, enabled: boolean) {
  await setEnabled(context.services.db, await find(context, name), enabled);
  return read(context, name);
}

export const schedulesRouter = os.router({
  list: os.list.handler(({ input, context }) =>
    listSchedules(context.services.db, { ...input, workspaceId: context.workspace.id }),
  ),
  get: os.get.handler(({ input, context }) => read(context, input.schedule)),
  create: os.create.handler(async ({ input, context }) => {
    const { services, workspace, principal } = context;
    const name = await putSchedule(services.db, workspace.id, principal.userId, input.spec);
    return read(context, name);
  }),
  times: os.times.handler(({ input }) => ({
    items: listTimes(input.trigger, input.count, new Date()).map((at) => at.getTime()),
  })),
  enable: os.enable.handler(({ input, context }) => enable(context, input.schedule, true)),
  disable: os.disable.handler(({ input, context }) => enable(context, input.schedule, false)),
  trigger: os.trigger.handler(async ({ input, context }) => {
    const row = await find(context, input.schedule);
    // Whoever asks is who runs it.
    const own = { ...row, createdBy: context.principal.userId };
    return { run: await context.services.db.transaction((tx) => startJob(tx, own, new Date())) };
  }),
  delete: os.delete.handler(async ({ input, context }) => {
    await deleteSchedule(context.services.db, await find(context, input.schedule), context.principal.userId);
    return { name: input.schedule };
  }),
});
