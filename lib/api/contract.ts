import { accountContract } from "#lib/account/contract.ts";
import { activityContract } from "#lib/activity/contract.ts";
import { componentFilesContract } from "#lib/component-files/contract.ts";
import { componentsContract } from "#lib/components/contract.ts";
import { computesContract } from "#lib/computes/contract.ts";
import { datasetsContract } from "#lib/datasets/contract.ts";
import { designerContract } from "#lib/designer/contract.ts";
import { endpointsContract } from "#lib/endpoints/contract.ts";
import { environmentsContract } from "#lib/environments/contract.ts";
import { filesContract } from "#lib/files/contract.ts";
import { inferenceContract } from "#lib/inference/contract.ts";
import { membersContract } from "#lib/members/contract.ts";
import { modelsContract } from "#lib/models/contract.ts";
import { pipelineEndpointsContract } from "#lib/pipeline-endpoints/contract.ts";
import { pipelinesContract } from "#lib/pipelines/contract.ts";
import { runOutputsContract } from "#lib/run-outputs/contract.ts";
import { runsContract } from "#lib/runs/contract.ts";
import { sampleContract } from "#lib/sample/contract.ts";
import { schedulesContract } from "#lib/schedules/contract.ts";
import { searchContract } from "#lib/search/contract.ts";
import { studioContract } from "#lib/studio/contract.ts";
import { trackingContract } from "#lib/tracking/contract.ts";
import { workspacesContract } from "#lib/workspaces/contract.ts";

/** Every operation of the API. A domain adds one line. */
export const apiContract = {
  account: accountContract,
  activity: activityContract,
  componentFiles: componentFilesContract,
  components: componentsContract,
  computes: computesContract,
  designer: designerContract,
  endpoints: endpointsContract,
  environments: environmentsContract,
  datasets: datasetsContract,
  files: filesContract,
  inference: inferenceContract,
  members: membersContract,
  models: modelsContract,
  runOutputs: runOutputsContract,
  pipelineEndpoints: pipelineEndpointsContract,
  pipelines: pipelinesContract,
  runs: runsContract,
  sample: sampleContract,
  schedules: schedulesContract,
  search: searchContract,
  studio: studioContract,
  tracking: trackingContract,
  workspaces: workspacesContract,
};
