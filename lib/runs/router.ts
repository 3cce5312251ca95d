import { implement } from "@orpc/server";
import type { WorkspaceContext } from "#lib/api/context.ts";
import { reportOf, reportOfError } from "#lib/spec/validate.ts";
import { archiveRun, bringBackRun, cancelRun, removeRun, updateRun } from "./commands/change-run.ts";
import { rerun } from "./commands/rerun.ts";
import { retrySteps } from "./commands/retry-steps.ts";
import { checkJob, submitRun } from "./commands/submit-run.ts";
import { runsContract } from "./contract.ts";
import { readLogInfo } from "./log/read-log.ts";
import type { RunDetails } from "./model.ts";
import { findAttempt, getRun, readLimits, readRunDetails } from "./queries/get-run.ts";
import { listRuns } from "./queries/list-runs.ts";
import { readRunEvents } from "./queries/read-events.ts";
import { readUsage } from "./queries/read-usage.ts";
import { openRunFiles } from "./run-files.ts";
import type { RunRow } from "./transition.ts";

const os = implement(runsContract).$context<WorkspaceContext>();

const maxListedFiles = 5000;

const find = ({ services, workspace }: WorkspaceContext, name: string) =>
  getRun(services.db, workspace.id, name);

async function detailsOf({ services, workspace }: WorkspaceContext, name: string): Promise<RunDetails> {
  const { db, env } = services;
  const run = await getRun(db, workspace.id, name);
  return readRunDetails(db, run, { studioUrl: env.url, workspaceName: workspace.name });
}

async function changed(context: WorkspaceContext, name: string, work: (run: RunRow) => Promise<void>) {
  await work(await find(context, name));
  return detailsOf(context, name);
}

export const runsRouter = os.router({
  submit: os.submit.handler(async ({ input, context }) => {
    const { services, workspace, principal } = context;
    const run = await submitRun(services.db, workspace.id, principal, input);
    return detailsOf(context, run.name);
  }),
  validate: os.validate.handler(async ({ input, context }) => {
    try {
      return reportOf([], await checkJob(context.services.db, context.workspace.id, input));
    } catch (error) {
      return reportOfError(error);
    }
  }),
  list: os.list.handler(({ input, context }) => {
    const { services, workspace, principal } = context;
    return listRuns(services.db, { ...input, workspaceId: workspace.id, userId: principal.userId });
  }),
  get: os.get.handler(({ input, context }) => detailsOf(context, input.run)),
  update: os.update.handler(({ input, context }) =>
    changed(context, input.run, (run) => updateRun(context.services.db, run, input)),
  ),
  cancel: os.cancel.handler(({ input, context }) =>
    changed(context, input.run, (run) => cancelRun(context.services.db, run, context.principal.userId)),
  ),
  retry: os.retry.handler(({ input, context }) =>
    changed(context, input.run, (run) =>
      retrySteps(context.services.db, run, context.principal, input.steps),
    ),
  ),
  rerun: os.rerun.handler(async ({ input, context }) => {
    const run = await find(context, input.run);
    const { displayName, compute, memoryMib } = input;
    const again = await rerun(context.services.db, run, context.principal, {
      displayName,
      compute,
      memoryMib,
    });
    return detailsOf(context, again.name);
  }),
  archive: os.archive.handler(({ input, context }) =>
    changed(context, input.run, (run) => archiveRun(context.services.db, run)),
  ),
  restore: os.restore.handler(({ input, context }) =>
    changed(context, input.run, (run) => bringBackRun(context.services.db, run)),
  ),
  delete: os.delete.handler(async ({ input, context }) => {
    await removeRun(context.services.db, await find(context, input.run), context.principal.userId);
    return { name: input.run };
  }),
  events: os.events.handler(async ({ input, context }) => {
    const run = await find(context, input.run);
    return { items: await readRunEvents(context.services.db, run.id, input.attempt) };
  }),
  logInfo: os.logInfo.handler(async ({ input, context }) => {
    const run = await find(context, input.run);
    const attempt = await findAttempt(context.services.db, run.id, input.attempt);
    if (!attempt) return { attempt: 0, sizeBytes: 0, complete: true, marks: [] };
    return { attempt: attempt.number, ...(await readLogInfo(context.services, run, attempt)) };
  }),
  usage: os.usage.handler(async ({ input, context }) => {
    const { db } = context.services;
    const run = await find(context, input.run);
    const { cpus, memoryMib } = await readLimits(db, run);
    const attempt = await findAttempt(db, run.id, input.attempt);
    const usage = attempt
      ? await readUsage(db, attempt.id, input.points)
      : { peakMemoryMib: null, samples: [] };
    return { limits: { cpus, memoryMib }, ...usage };
  }),
  files: os.files.handler(async ({ input, context }) => {
    const set = await openRunFiles(context.services, await find(context, input.run), input.of);
    const below = input.path ? `${input.path.replace(/\/+$/, "")}/` : "";
    const found = (await set.list()).filter((file) => file.path.startsWith(below));
    return {
      items: found.slice(0, maxListedFiles).map(({ path, sizeBytes }) => ({ path, sizeBytes })),
      truncated: found.length > maxListedFiles,
      sizeBytes: found.reduce((sum, file) => sum + file.sizeBytes, 0),
    };
  }),
});
