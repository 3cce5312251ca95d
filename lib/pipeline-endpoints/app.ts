import { createHash, timingSafeEqual } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import { type Context, Hono } from "hono";
import { pipelineEndpoints, type runs, runTags, users, workspaces } from "#db/schema/index.ts";
import { errorBody, toAppError } from "#lib/api/errors.ts";
import { roleAllows } from "#lib/auth/access.ts";
import { findWorkspaceAccess } from "#lib/auth/authorize.ts";
import { AppError, invalid, notFound } from "#lib/core/errors.ts";
import { newId } from "#lib/core/ids.ts";
import { getRun } from "#lib/runs/queries/get-run.ts";
import type { Services } from "#lib/services/services.ts";
import { endpointTag, type Trigger, trigger } from "./model.ts";
import { getVersion, type PipelineEndpointRow } from "./queries.ts";
import { submitVersion } from "./submit.ts";

const maxBodyBytes = 1024 * 1024;

interface Opened {
  endpoint: PipelineEndpointRow;
  workspaceName: string;
}

/**
 * What programs call: `POST /pipelines/<workspace>/<endpoint>` starts a run, `GET …/runs/<run>` tells how it is. A wrong
 * key and an endpoint that is not there are answered alike.
 */
export function createPipelineEndpointsApp(services: Services): Hono {
  const app = new Hono({ strict: false }).basePath("/pipelines/:workspace/:endpoint");
  app.post("/", async (http) => {
    const { endpoint, workspaceName } = await open(services, http);
    const given = readTrigger(await readBody(http));
    const { createdBy } = await getVersion(services.db, endpoint, given.version ?? endpoint.defaultVersion);
    const by = await findPublisher(services, createdBy ?? endpoint.createdBy, workspaceName);
    const run = await submitVersion(services.db, endpoint, by, given);
    return http.json(answerOf(services, workspaceName, endpoint, run), 201);
  });
  app.get("/runs/:run", async (http) => {
    const { endpoint, workspaceName } = await open(services, http);
    const run = await getRun(services.db, endpoint.workspaceId, http.req.param("run"));
    const own = and(
      eq(runTags.runId, run.id),
      eq(runTags.key, endpointTag),
      eq(runTags.value, endpoint.name),
    );
    if ((await services.db.$count(runTags, own)) === 0) throw notFound(`Run “${run.name}”`);
    return http.json(answerOf(services, workspaceName, endpoint, run));
  });
  app.notFound((http) => fail(services, notFound(`${http.req.method} ${http.req.path}`)));
  app.onError((error) => fail(services, error));
  return app;
}

function fail(services: Services, error: unknown): Response {
  const requestId = newId("req");
  const known = toAppError(error, requestId, services.logger);
  return Response.json(errorBody(known, requestId), { status: known.status });
}

async function open({ db }: Services, http: Context): Promise<Opened> {
  const [scheme, key] = (http.req.header("authorization") ?? "").split(" ", 2);
  if (scheme?.toLowerCase() !== "bearer" || !key) {
    throw new AppError("UNAUTHENTICATED", {
      userMessage: "Send a key of the pipeline endpoint: Authorization: Bearer <key>.",
    });
  }
  const [found] = await db
    .select({ endpoint: pipelineEndpoints, workspaceName: workspaces.name })
    .from(pipelineEndpoints)
    .innerJoin(workspaces, eq(workspaces.id, pipelineEndpoints.workspaceId))
    .where(
      and(
        eq(workspaces.name, http.req.param("workspace") ?? ""),
        eq(pipelineEndpoints.name, http.req.param("endpoint") ?? ""),
        isNull(workspaces.archivedAt),
      ),
    );
  const hash = createHash("sha256").update(key).digest();
  const fits = (known: string) => timingSafeEqual(hash, Buffer.from(known, "hex"));
  if (!found || !(fits(found.endpoint.primaryKeyHash) || fits(found.endpoint.secondaryKeyHash))) {
    throw new AppError("UNAUTHENTICATED", {
      userMessage: "There is no pipeline endpoint here that this key opens.",
    });
  }
  return found;
}

/** Runs belong to who published the version, as long as that person may start runs. */
async function findPublisher(services: Services, userId: string | null, workspaceName: string) {
  const [user] = userId
    ? await services.db.select({ id: users.id, name: users.name }).from(users).where(eq(users.id, userId))
    : [];
  const access = user && (await findWorkspaceAccess(services.db, { userId: user.id }, workspaceName));
  if (!user || !access || !roleAllows(access.role, "contributor")) {
    throw new AppError("FORBIDDEN", {
      userMessage: "Who published this version may not start runs here any more. Publish it again.",
    });
  }
  return { userId: user.id, name: user.name };
}

async function readBody(http: Context): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // What is too much is read to its end, so that the caller hears why, but not kept.
  for await (const chunk of http.req.raw.body ?? []) {
    size += chunk.length;
    if (size <= maxBodyBytes) chunks.push(chunk);
  }
  if (size > maxBodyBytes)
    throw new AppError("PAYLOAD_TOO_LARGE", { userMessage: "The body is larger than 1 MiB." });
  const text = Buffer.concat(chunks).toString("utf8");
  if (text.trim() === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    throw invalid("", "The body is no JSON.");
  }
}

/** Our words, or those that clients of the vendor send. */
function readTrigger(body: unknown): Trigger {
  const given = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  const ours = {
    inputs: given.inputs ?? given.ParameterAssignments,
    version: given.version,
    experimentName: given.experimentName ?? given.experiment_name ?? given.ExperimentName,
    displayName: given.displayName ?? given.display_name ?? given.RunDisplayName,
  };
  const present = Object.fromEntries(Object.entries(ours).filter(([, value]) => value !== undefined));
  const parsed = trigger.safeParse(present);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw invalid(issue?.path.join(".") ?? "", issue?.message ?? "is not valid");
}

function answerOf(
  services: Services,
  workspaceName: string,
  endpoint: PipelineEndpointRow,
  run: typeof runs.$inferSelect,
) {
  const { env } = services;
  return {
    name: run.name,
    status: run.status,
    error: run.error?.message ?? null,
    /** For people. */
    url: `${env.url}/${workspaceName}/runs/${run.name}`,
    /** For programs, with the same key. */
    statusUrl: `${env.url}/pipelines/${workspaceName}/${endpoint.name}/runs/${run.name}`,
  };
}
