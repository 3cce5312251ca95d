import { implement } from "@orpc/server";
import type { Queryable } from "#db/client.ts";
import type { WorkspaceContext } from "#lib/api/context.ts";
import { trackingContract } from "./contract.ts";
import {
  createExperiment,
  deleteExperiment,
  type Experiment,
  getExperiment,
  renameExperiment,
  restoreExperiment,
} from "./experiments.ts";
import type { ExperimentSummary } from "./model.ts";
import { readCurves } from "./queries/curves.ts";
import { readExperimentSummaries, readExperimentSummary } from "./queries/experiment-summaries.ts";
import { listLoggedKeys } from "./queries/keys.ts";
import { searchExperiments } from "./search/search-experiments.ts";

const os = implement(trackingContract).$context<WorkspaceContext>();

/** Changes an experiment in one transaction and tells what it is then. */
async function changeExperiment(
  { services, workspace }: WorkspaceContext,
  number: number,
  change: (tx: Queryable, experiment: Experiment) => Promise<void>,
): Promise<ExperimentSummary> {
  await services.db.transaction(async (tx) => change(tx, await getExperiment(tx, workspace.id, number)));
  return readExperimentSummary(services.db, await getExperiment(services.db, workspace.id, number));
}

export const trackingRouter = os.router({
  experiments: {
    list: os.experiments.list.handler(async ({ input, context }) => {
      const { db } = context.services;
      const { rows, nextCursor } = await searchExperiments(db, {
        ...{ workspaceId: context.workspace.id, filter: input.filter, view: input.view },
        ...{ orderBy: input.sort ? [input.sort] : [], cursor: input.cursor, limit: input.limit },
      });
      return { items: await readExperimentSummaries(db, rows), nextCursor };
    }),
    create: os.experiments.create.handler(async ({ input, context }) => {
      const { db } = context.services;
      const made = await db.transaction((tx) => createExperiment(tx, context.workspace.id, input));
      return readExperimentSummary(db, made);
    }),
    rename: os.experiments.rename.handler(({ input, context }) =>
      changeExperiment(context, input.number, (tx, experiment) =>
        renameExperiment(tx, experiment, input.name),
      ),
    ),
    delete: os.experiments.delete.handler(({ input, context }) =>
      changeExperiment(context, input.number, deleteExperiment),
    ),
    restore: os.experiments.restore.handler(({ input, context }) =>
      changeExperiment(context, input.number, restoreExperiment),
    ),
  },
  keys: os.keys.handler(async ({ context }) => ({
    items: await listLoggedKeys(context.services.db, context.workspace.id),
  })),
  curves: os.curves.handler(async ({ input, context }) => ({
    items: await readCurves(context.services.db, context.workspace.id, input),
  })),
});
