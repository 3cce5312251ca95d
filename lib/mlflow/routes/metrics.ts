import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { runs } from "#db/schema/index.ts";
import { invalid } from "#lib/core/errors.ts";
import {
  type HistoryPoint,
  readHistories,
  readMetricHistory,
  sampleHistories,
} from "#lib/tracking/queries/history.ts";
import { getRunByName } from "#lib/tracking/queries/runs.ts";
import { int64, list, requiredText, text } from "../fields.ts";
import { wireDouble } from "../reply.ts";
import { jsonRoute, type MlflowContext, type MlflowRoute } from "../route.ts";
import { runId } from "./runs.ts";

/** The most points of one page. */
const pageSize = 25_000;
const runsAtOnce = 100;

function toWirePoint(point: HistoryPoint, run?: string): object {
  const { key, timestamp, step } = point;
  return {
    ...{ key, value: wireDouble(point.value, point.isNan), timestamp, step },
    ...(run === undefined ? {} : { run_id: run }),
  };
}

const history = jsonRoute({
  method: "GET",
  path: "metrics/get-history",
  access: "reader",
  input: runId.pipe(
    z.object({
      run_id: requiredText,
      metric_key: requiredText,
      page_token: text.optional(),
      max_results: int64.optional(),
    }),
  ),
  async handle({ services, workspace }, input) {
    const run = await getRunByName(services.db, workspace.id, input.run_id);
    const { points, nextCursor } = await readMetricHistory(services.db, {
      runId: run.id,
      key: input.metric_key,
      limit: Math.min(input.max_results || pageSize, pageSize),
      cursor: input.page_token || undefined,
    });
    return {
      metrics: points.map((point) => toWirePoint(point)),
      ...(nextCursor ? { next_page_token: nextCursor } : {}),
    };
  },
});

/** The runs of these names, as `runs.id` → name; names of the workspace that are not known are left out. */
async function readIds({ services, workspace }: MlflowContext, names: readonly string[]) {
  if (names.length === 0 || names.length > runsAtOnce) {
    throw invalid("run_ids", `Give 1 to ${runsAtOnce} runs; ${names.length} were given.`);
  }
  const rows = await services.db
    .select({ id: runs.id, name: runs.name })
    .from(runs)
    .where(and(eq(runs.workspaceId, workspace.id), sql`${runs.name} = any(${sql.param(names)}::text[])`));
  return new Map(rows.map((row) => [row.id, row.name]));
}

const bulk = jsonRoute({
  method: "GET",
  path: "metrics/get-history-bulk",
  access: "reader",
  input: z.object({
    run_id: list(requiredText),
    metric_key: requiredText,
    max_results: int64.default(pageSize),
  }),
  async handle(context, input) {
    const names = await readIds(context, input.run_id);
    const points = await readHistories(context.services.db, {
      runIds: [...names.keys()],
      key: input.metric_key,
      limit: Math.min(input.max_results, pageSize),
    });
    return { metrics: points.map((point) => toWirePoint(point, names.get(point.runId))) };
  },
});

const interval = jsonRoute({
  method: "GET",
  path: "metrics/get-history-bulk-interval",
  access: "reader",
  input: z.object({
    run_ids: list(requiredText),
    metric_key: requiredText,
    start_step: int64.optional(),
    end_step: int64.optional(),
    max_results: int64.pipe(z.number().min(1).max(2500)).default(320),
  }),
  async handle(context, input) {
    const { start_step: startStep, end_step: endStep } = input;
    if ((startStep === undefined) !== (endStep === undefined)) {
      throw invalid("start_step", "If either start step or end step are specified, both must be specified.");
    }
    if (startStep !== undefined && endStep !== undefined && startStep > endStep) {
      throw invalid(
        "start_step",
        `end_step must be greater than start_step. Found ${startStep} and ${endStep}.`,
      );
    }
    const names = await readIds(context, input.run_ids);
    const points = await sampleHistories(context.services.db, {
      ...{ runIds: [...names.keys()], key: input.metric_key, perRun: input.max_results },
      ...{ startStep, endStep },
    });
    return { metrics: points.map((point) => toWirePoint(point, names.get(point.runId))) };
  },
});

export const metricRoutes: readonly MlflowRoute[] = [history, bulk, interval];
