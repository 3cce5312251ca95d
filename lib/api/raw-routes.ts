import { componentFileRoutes } from "#lib/component-files/routes.ts";
import { datasetRoutes } from "#lib/datasets/routes.ts";
import { fileRoutes } from "#lib/files/routes.ts";
import { liveRoutes } from "#lib/live/routes.ts";
import { modelRoutes } from "#lib/models/routes.ts";
import { runRoutes } from "#lib/runs/routes.ts";
import type { RawRoute } from "./raw-route.ts";

/** Every raw route of the API. A domain adds one line. */
export const rawRoutes: readonly RawRoute[] = [
  ...liveRoutes,
  ...fileRoutes,
  ...runRoutes,
  ...datasetRoutes,
  ...modelRoutes,
  ...componentFileRoutes,
];
