import { Readable } from "node:stream";
import type { RawRoute } from "#lib/api/raw-route.ts";
import { invalid } from "#lib/core/errors.ts";
import { openFileSet } from "#lib/files/file-set.ts";
import { sendFile } from "#lib/files/send.ts";
import { zipFiles } from "#lib/files/zip.ts";
import { getModelRow } from "./queries.ts";

/** One file of a version; `path` may be left out when there is only one. */
const getFile: RawRoute = {
  method: "GET",
  path: "/workspaces/:workspace/models/:name/versions/:version/file",
  access: "reader",
  summary: "Download a file of a model",
  async handle({ services, workspace }, http) {
    const { name = "", version = "" } = http.req.param() as Record<string, string>;
    const found = await getModelRow(services.db, workspace.id, name, version);
    const files = openFileSet(services, workspace.id, found.version.source);
    const all = http.req.query("path") === undefined ? await files.list() : [];
    const path = http.req.query("path") ?? (all.length === 1 ? all[0]?.path : undefined);
    if (!path) throw invalid("path", `say which of the ${all.length} files.`);
    return sendFile(await files.open(path), path, http.req.query("download") !== undefined);
  },
};

const getZip: RawRoute = {
  method: "GET",
  path: "/workspaces/:workspace/models/:name/versions/:version/zip",
  access: "reader",
  summary: "Every file of a model as one archive",
  async handle({ services, workspace }, http) {
    const { name = "", version = "" } = http.req.param() as Record<string, string>;
    const found = await getModelRow(services.db, workspace.id, name, version);
    const set = openFileSet(services, workspace.id, found.version.source);
    const body = zipFiles([{ folder: "", set, files: await set.list() }]);
    const fileName = encodeURIComponent(`${name}-${found.version.version}.zip`);
    return new Response(Readable.toWeb(body) as unknown as ReadableStream, {
      headers: {
        "content-type": "application/zip",
        "content-disposition": `attachment; filename*=UTF-8''${fileName}`,
      },
    });
  },
};

export const modelRoutes: readonly RawRoute[] = [getFile, getZip];
