import { z } from "zod";
import { mlflowError } from "../errors.ts";
import { jsonRoute, type MlflowRoute } from "../route.ts";

const nothing = z.object({});

/** What the server can do; a client asks before it names a workspace by header or sends a file in parts. */
const info = jsonRoute({
  method: "GET",
  path: "server-info",
  access: "reader",
  input: nothing,
  handle: async ({ byHeader }) => ({
    store_type: "SqlStore",
    workspaces_enabled: byHeader,
    trace_archival_enabled: false,
    multipart_uploads_enabled: false,
    multipart_downloads_enabled: false,
  }),
});

const features = jsonRoute({
  method: "GET",
  path: "server-features",
  access: "reader",
  input: nothing,
  handle: async ({ byHeader }) => ({ workspaces_enabled: byHeader }),
});

/** The text by which a client knows that it must send the file whole instead. */
const noParts = jsonRoute({
  method: "POST",
  path: "/api/mlflow-artifacts/mpu/create/*",
  access: "contributor",
  input: nothing,
  handle: async () => {
    throw mlflowError(
      "UNPROCESSABLE",
      "NOT_IMPLEMENTED",
      "Multipart upload is not supported for the current artifact repository",
    );
  },
});

export const serverRoutes: readonly MlflowRoute[] = [info, features, noParts];
