import type { RawRoute } from "#lib/api/raw-route.ts";
import { invalid } from "#lib/core/errors.ts";
import { sendFile } from "#lib/files/send.ts";
import { openComponentFiles } from "./queries.ts";

const getFile: RawRoute = {
  method: "GET",
  path: "/workspaces/:workspace/components/:component/versions/:version/file",
  access: "reader",
  summary: "Download a file of a component's code",
  async handle({ services, workspace }, http) {
    const { component = "", version = "" } = http.req.param() as Record<string, string>;
    const path = http.req.query("path");
    if (!path) throw invalid("path", "say which file.");
    const files = await openComponentFiles(services, workspace.id, component, version);
    return sendFile(await files.open(path), path, http.req.query("download") !== undefined);
  },
};

export const componentFileRoutes: readonly RawRoute[] = [getFile];
