import { accountRouter } from "#lib/account/router.ts";
import { activityRouter } from "#lib/activity/router.ts";
import { componentFilesRouter } from "#lib/component-files/router.ts";
import { componentsRouter } from "#lib/components/router.ts";
import { computesRouter } from "#lib/computes/router.ts";
import { datasetsRouter } from "#lib/datasets/router.ts";
import { designerRouter } from "#lib/designer/router.ts";
import { endpointsRouter } from "#lib/endpoints/router.ts";
import { environmentsRouter } from "#lib/environments/router.ts";
import { filesRouter } from "#lib/files/router.ts";
import { inferenceRouter } from "#lib/inference/router.ts";
import { membersRouter } from "#lib/members/router.ts";
import { modelsRouter } from "#lib/models/router.ts";
import { pipelineEndpointsRouter } from "#lib/pipeline-endpoints/router.ts";
import { pipelinesRouter } from "#lib/pipelines/router.ts";
import { runOutputsRouter } from "#lib/run-outputs/router.ts";
import { runsRouter } from "#lib/runs/router.ts";
import { sampleRouter } from "#lib/sample/router.ts";
import { schedulesRouter } from "#lib/schedules/router.ts";
import { searchRouter } from "#lib/search/router.ts";
import { studioRouter } from "#lib/studio/router.ts";
import { trackingRouter } from "#lib/tracking/router.ts";
import { workspacesRouter } from "#lib/workspaces/router.ts";

/** The implementation of `apiContract`. A domain adds one line. */
export const apiRouter = {
  account: accountRouter,
  activity: activityRouter,
  datasets: datasetsRouter,
  endpoints: endpointsRouter,
  componentFiles: componentFilesRouter,
  components: componentsRouter,
  computes: computesRouter,
  designer: designerRouter,
  environments: environmentsRouter,
  files: filesRouter,
  inference: inferenceRouter,
  members: membersRouter,
  models: modelsRouter,
  runOutputs: runOutputsRouter,
  pipelineEndpoints: pipelineEndpointsRouter,
  pipelines: pipelinesRouter,
  runs: runsRouter,
  sample: sampleRouter,
  schedules: schedulesRouter,
  search: searchRouter,
  studio: studioRouter,
  tracking: trackingRouter,
  workspaces: workspacesRouter,
};
