import type { MlflowRoute } from "./route.ts";
import { artifactProxyRoutes } from "./routes/artifact-proxy.ts";
import { experimentRoutes } from "./routes/experiments.ts";
import { loggingRoutes } from "./routes/logging.ts";
import { runRoutes } from "./routes/runs.ts";

/** Every route of the protocol that needs a workspace, with the role that it needs. */
export const mlflowRoutes: readonly MlflowRoute[] = [
  ...experimentRoutes,
  ...runRoutes,
  ...loggingRoutes,
  ...artifactProxyRoutes,
];
