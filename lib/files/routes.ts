import { Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import type { RawRoute } from "#lib/api/raw-route.ts";
import { invalid } from "#lib/core/errors.ts";
import { storeBlob } from "./commands.ts";

/** `PUT …/blobs` with the bytes as body: stores them by content and answers `{sha256, sizeBytes}`. */
const putBlob: RawRoute = {
  method: "PUT",
  path: "/workspaces/:workspace/blobs",
  access: "contributor",
  summary: "Upload one file by content",
  async handle({ services, workspace }, http) {
    const body = http.req.raw.body;
    if (!body) throw invalid("body", "is missing: send the bytes of the file.");
    const stored = await storeBlob(services, workspace.id, Readable.fromWeb(body as NodeReadableStream));
    return http.json(stored);
  },
};

export const fileRoutes: readonly RawRoute[] = [putBlob];
