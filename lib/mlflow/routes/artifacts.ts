import { Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import { z } from "zod";
import { AppError, invalid } from "#lib/core/errors.ts";
import { loggedModelPrefix, runArtifactsPrefix } from "#lib/files/keys.ts";
import { contentTypeOf } from "#lib/files/model.ts";
import { getLoggedModel } from "#lib/tracking/queries/logged-models.ts";
import { getActiveRun, getRunByName } from "#lib/tracking/queries/runs.ts";
import { listArtifacts, sendArtifact } from "../artifact-files.ts";
import { checkArtifactPath, type PrefixTarget } from "../artifact-target.ts";
import { requiredText, text } from "../fields.ts";
import { parseInput, readInput } from "../input.ts";
import { jsonReply } from "../reply.ts";
import { jsonRoute, type MlflowContext, type MlflowRoute } from "../route.ts";
import { loggedModelArtifactUri } from "../wire/logged-model.ts";
import { runArtifactUri } from "../wire/run.ts";
import { runId } from "./runs.ts";

async function runTarget(
  { services, workspace }: MlflowContext,
  name: string,
  path: string,
): Promise<PrefixTarget & { rootUri: string }> {
  const run = await getRunByName(services.db, workspace.id, name);
  return {
    prefix: runArtifactsPrefix(workspace.id, run.name),
    path: checkArtifactPath(path),
    writable: run.deletedAt === null,
    rootUri: runArtifactUri(run),
  };
}

async function modelTarget({ services, workspace }: MlflowContext, id: string, path: string) {
  const model = await getLoggedModel(services.db, workspace.id, id);
  return {
    prefix: loggedModelPrefix(workspace.id, model.id),
    path: checkArtifactPath(path),
    writable: model.deletedAt === null,
    rootUri: loggedModelArtifactUri(model),
  };
}

async function answerList(
  context: MlflowContext,
  target: PrefixTarget & { rootUri: string },
  cursor: string | undefined,
): Promise<object> {
  const page = await listArtifacts(context, target, cursor || undefined);
  return {
    root_uri: target.rootUri,
    files: page.files,
    ...(page.cursor ? { next_page_token: page.cursor } : {}),
  };
}

const ofRun = jsonRoute({
  method: "GET",
  path: "artifacts/list",
  access: "reader",
  input: runId.pipe(z.object({ run_id: requiredText, path: text.default(""), page_token: text.optional() })),
  async handle(context, { run_id, path, page_token }) {
    return answerList(context, await runTarget(context, run_id, path), page_token);
  },
});

const ofModel = jsonRoute({
  method: "GET",
  path: "logged-models/:model_id/artifacts/directories",
  access: "reader",
  input: z.object({
    model_id: requiredText,
    artifact_directory_path: text.default(""),
    page_token: text.optional(),
  }),
  async handle(context, { model_id, artifact_directory_path: path, page_token }) {
    return answerList(context, await modelTarget(context, model_id, path), page_token);
  },
});

const fileOfModel: MlflowRoute = {
  method: "GET",
  path: "/api/mlflow/logged-models/:model_id/artifacts/files",
  access: "reader",
  async handle(context) {
    const fields = z.object({ model_id: requiredText, artifact_file_path: requiredText });
    const input = parseInput(fields, await readInput(context.http));
    return sendArtifact(context, await modelTarget(context, input.model_id, input.artifact_file_path));
  },
};

const fileOfRun: MlflowRoute = {
  method: "GET",
  path: "/get-artifact",
  access: "reader",
  async handle(context) {
    const fields = runId.pipe(z.object({ run_id: requiredText, path: requiredText }));
    const input = parseInput(fields, await readInput(context.http));
    return sendArtifact(context, await runTarget(context, input.run_id, input.path));
  },
};

/** The most that a page may send by this route, in bytes; clients use the proxy, which takes any size. */
const maxPageUploadBytes = 10 * 1024 * 1024;

const uploadFromPage: MlflowRoute = {
  method: "POST",
  path: "/api/mlflow/upload-artifact",
  access: "contributor",
  async handle(context) {
    const { services, workspace, http } = context;
    const fields = runId.pipe(z.object({ run_id: requiredText, path: requiredText }));
    const input = parseInput(fields, Object.fromEntries(new URL(http.req.url).searchParams));
    const run = await getActiveRun(services.db, workspace.id, input.run_id);
    const path = checkArtifactPath(input.path);
    const length = Number(http.req.header("content-length"));
    if (!Number.isFinite(length)) throw invalid("content-length", "is missing.");
    if (length > maxPageUploadBytes) {
      throw new AppError("PAYLOAD_TOO_LARGE", {
        userMessage: "Artifact size is too large. Max size is 10 MiB.",
      });
    }
    const { body } = http.req.raw;
    await services.store.put(
      runArtifactsPrefix(workspace.id, run.name) + path,
      body ? Readable.fromWeb(body as NodeReadableStream) : Buffer.alloc(0),
      { contentType: contentTypeOf(path), size: length },
    );
    return jsonReply({});
  },
};

export const artifactRoutes: readonly MlflowRoute[] = [
  ...[ofRun, ofModel, fileOfModel],
  ...[fileOfRun, uploadFromPage],
];
