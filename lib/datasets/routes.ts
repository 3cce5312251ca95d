import type { RawRoute } from "#lib/api/raw-route.ts";
import { invalid } from "#lib/core/errors.ts";
import { openFileSet } from "#lib/files/file-set.ts";
import { sendFile } from "#lib/files/send.ts";
import { getDatasetRow } from "./queries.ts";

/** One file of a version; `path` may be left out when there is only one. */
const getFile: RawRoute = {
  method: "GET",
  path: "/workspaces/:workspace/datasets/:name/versions/:version/file",
  access: "reader",
  summary: "Download a file of a dataset",
  async handle({ services, workspace }, http) {
    const { name = "", version = "" } = http.req.param() as Record<string, string>;
    const found = await getDatasetRow(services.db, workspace.id, name, version);
    const files = openFileSet(services, workspace.id, found.version.source);
    const all = http.req.query("path") === undefined ? await files.list() : [];
    const path = http.req.query("path") ?? (all.length === 1 ? all[0]?.path : undefined);
    if (!path) throw invalid("path", `say which of the ${all.length} files.`);
    return sendFile(await files.open(path), path, http.req.query("download") !== undefined);
  },
};

export const datasetRoutes: readonly RawRoute[] = [getFile];
