import type { MlflowRoute } from "./route.ts";
import { artifactProxyRoutes } from "./routes/artifact-proxy.ts";
import { artifactRoutes } from "./routes/artifacts.ts";
import { experimentRoutes } from "./routes/experiments.ts";
import { inputRoutes } from "./routes/inputs.ts";
import { loggedModelRoutes } from "./routes/logged-models.ts";
import { loggingRoutes } from "./routes/logging.ts";
import { metricRoutes } from "./routes/metrics.ts";
import { modelVersionRoutes } from "./routes/model-versions.ts";
import { registeredModelRoutes } from "./routes/registered-models.ts";
import { runRoutes } from "./routes/runs.ts";
import { searchRoutes } from "./routes/search.ts";
import { serverRoutes } from "./routes/server.ts";

/** Every route of the protocol that needs a workspace, with the role that it needs. */
export const mlflowRoutes: readonly MlflowRoute[] = [
  ...experimentRoutes,
  ...runRoutes,
  ...loggingRoutes,
  ...searchRoutes,
  ...metricRoutes,
  ...inputRoutes,
  ...loggedModelRoutes,
  ...registeredModelRoutes,
  ...modelVersionRoutes,
  ...artifactRoutes,
  ...artifactProxyRoutes,
  ...serverRoutes,
];
