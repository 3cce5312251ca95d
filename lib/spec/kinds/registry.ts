import type { ComponentSpec } from "./component.ts";
import { componentKind } from "./component-kind.ts";
import { type ComputeSpec, computeKind } from "./compute.ts";
import { type DataSpec, dataKind } from "./data.ts";
import { type EnvironmentSpec, environmentKind } from "./environment.ts";
import { type JobSpec, jobKind } from "./job.ts";
import type { KindDefinition } from "./kind-definition.ts";
import { type ModelSpec, modelKind } from "./model.ts";
import { type OnlineDeploymentSpec, onlineDeploymentKind } from "./online-deployment.ts";
import { type OnlineEndpointSpec, onlineEndpointKind } from "./online-endpoint.ts";
import { type ScheduleSpec, scheduleKind } from "./schedule.ts";
import { type WorkspaceSpec, workspaceKind } from "./workspace.ts";

export interface SpecByKind {
  job: JobSpec;
  component: ComponentSpec;
  environment: EnvironmentSpec;
  data: DataSpec;
  model: ModelSpec;
  compute: ComputeSpec;
  "online-endpoint": OnlineEndpointSpec;
  "online-deployment": OnlineDeploymentSpec;
  schedule: ScheduleSpec;
  workspace: WorkspaceSpec;
}

/** The nouns of the command line. */
export type SpecKind = keyof SpecByKind;

export const specKinds: { [Kind in SpecKind]: KindDefinition<SpecByKind[Kind]> } = {
  job: jobKind,
  component: componentKind,
  environment: environmentKind,
  data: dataKind,
  model: modelKind,
  compute: computeKind,
  "online-endpoint": onlineEndpointKind,
  "online-deployment": onlineDeploymentKind,
  schedule: scheduleKind,
  workspace: workspaceKind,
};
