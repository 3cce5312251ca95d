import type { Command } from "commander";
import { registerAccount } from "./groups/account.ts";
import { registerComponent } from "./groups/component.ts";
import { registerCompute } from "./groups/compute.ts";
import { registerData } from "./groups/data.ts";
import { registerEnvironment } from "./groups/environment.ts";
import { registerForeign } from "./groups/foreign.ts";
import { registerJob } from "./groups/job.ts";
import { registerModel } from "./groups/model.ts";
import { registerOnlineDeployment } from "./groups/online-deployment.ts";
import { registerOnlineEndpoint } from "./groups/online-endpoint.ts";
import { registerSchedule } from "./groups/schedule.ts";
import { registerWorkspace } from "./groups/workspace.ts";

/** Every group of commands. A new one adds one line. */
export const groups: readonly ((program: Command) => void)[] = [
  registerAccount,
  registerWorkspace,
  registerData,
  registerEnvironment,
  registerComponent,
  registerCompute,
  registerJob,
  registerModel,
  registerOnlineEndpoint,
  registerOnlineDeployment,
  registerSchedule,
  registerForeign,
];
