import { implement } from "@orpc/server";
import type { WorkspaceContext } from "#lib/api/context.ts";
import { listPaths } from "#lib/pipelines/inference/scoring-path.ts";
import { readRunGraph } from "#lib/pipelines/queries.ts";
import { inferenceContract } from "./contract.ts";
import { createInferenceDraft } from "./create-draft.ts";
import { packagePipeline } from "./package-pipeline.ts";
import { readScores } from "./read-scores.ts";

const os = implement(inferenceContract).$context<WorkspaceContext>();

export const inferenceRouter = os.router({
  paths: os.paths.handler(async ({ input, context }) => {
    const { graph } = await readRunGraph(context.services.db, context.workspace.id, input.run);
    const items = listPaths(graph).map(({ train, score }) => ({
      trainNode: train.name,
      trainDisplayName: train.displayName,
      scoreNode: score.name,
      scoreDisplayName: score.displayName,
    }));
    return { items };
  }),
  scores: os.scores.handler(({ input, context }) =>
    readScores(context.services.db, context.workspace.id, input.run),
  ),
  create: os.create.handler(({ input, context }) => {
    const { services, workspace, principal } = context;
    return createInferenceDraft(services, workspace.id, principal.userId, input);
  }),
  package: os.package.handler(({ input, context }) => {
    const { services, workspace, principal } = context;
    return packagePipeline(services, workspace.id, principal.userId, input);
  }),
});
