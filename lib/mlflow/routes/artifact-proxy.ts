import { Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import { z } from "zod";
import { invalid } from "#lib/core/errors.ts";
import { contentTypeOf } from "#lib/files/model.ts";
import { announce } from "#lib/tracking/live.ts";
import { listArtifacts, sendArtifact, toBaseNames } from "../artifact-files.ts";
import { artifactPathOf, checkArtifactPath, findArtifactTarget } from "../artifact-target.ts";
import { text } from "../fields.ts";
import { jsonReply } from "../reply.ts";
import { jsonRoute, type MlflowContext, type MlflowRoute } from "../route.ts";

const marker = "/mlflow-artifacts/artifacts/";
const path = "/api/mlflow-artifacts/artifacts/*";

async function findWritable(context: MlflowContext) {
  const address = artifactPathOf(context.http.req.url, marker);
  const target = await findArtifactTarget(context, address);
  if ("set" in target || !target.writable) throw invalid("path", `${address} can only be read.`);
  return target;
}

const upload: MlflowRoute = {
  method: "PUT",
  path,
  access: "contributor",
  async handle(context) {
    const target = await findWritable(context);
    if (target.path === "") throw invalid("path", "The path of a file is missing.");
    const { body, headers } = context.http.req.raw;
    const length = headers.get("content-length");
    await context.services.store.put(
      target.prefix + target.path,
      body ? Readable.fromWeb(body as NodeReadableStream) : Buffer.alloc(0),
      { contentType: contentTypeOf(target.path), ...(length === null ? {} : { size: Number(length) }) },
    );
    if (target.run) announce(context.services.db, target.run, "files");
    return jsonReply({});
  },
};

const download: MlflowRoute = {
  method: "GET",
  path,
  access: "reader",
  async handle(context) {
    const address = artifactPathOf(context.http.req.url, marker);
    return sendArtifact(context, await findArtifactTarget(context, address));
  },
};

const remove: MlflowRoute = {
  method: "DELETE",
  path,
  access: "contributor",
  async handle(context) {
    const target = await findWritable(context);
    const { store } = context.services;
    if (target.path !== "") await store.delete(target.prefix + target.path);
    await store.deletePrefix(target.path === "" ? target.prefix : `${target.prefix}${target.path}/`);
    if (target.run) announce(context.services.db, target.run, "files");
    return jsonReply({});
  },
};

const listing = jsonRoute({
  method: "GET",
  path: "/api/mlflow-artifacts/artifacts",
  access: "reader",
  input: z.object({ path: text.default("") }),
  async handle(context, input) {
    const target = await findArtifactTarget(context, checkArtifactPath(input.path));
    const page = await listArtifacts(context, target);
    return { files: toBaseNames(page.files) };
  },
});

// The listing comes first, since the pattern of the others matches its path too.
export const artifactProxyRoutes: readonly MlflowRoute[] = [listing, upload, download, remove];
