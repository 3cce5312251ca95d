import { Readable } from "node:stream";
import { streamSSE } from "hono/streaming";
import { z } from "zod";
import type { RawRequest, RawRoute } from "#lib/api/raw-route.ts";
import { invalid, notFound } from "#lib/core/errors.ts";
import { isSafePath } from "#lib/files/model.ts";
import { sendFile } from "#lib/files/send.ts";
import { type ZipPart, zipFiles } from "#lib/files/zip.ts";
import { followLog, readLogInfo, readLogOnce } from "./log/read-log.ts";
import { fileSetName } from "./model.ts";
import { type AttemptRow, findAttempt, getRun, readRunDetails } from "./queries/get-run.ts";
import { openRunFiles } from "./run-files.ts";
import type { RunRow } from "./transition.ts";

const logQuery = z.object({
  offset: z.coerce.number().int().min(0).default(0),
  /** Bytes at most. */
  limit: z.coerce.number().int().min(1).optional(),
  attempt: z.coerce.number().int().min(1).optional(),
  follow: z.stringbool().default(false),
});

function parseQuery<T extends z.ZodType>(schema: T, query: Record<string, string>): z.output<T> {
  const parsed = schema.safeParse(query);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw invalid(issue?.path.join(".") ?? "", issue?.message ?? "is not valid");
}

async function findLog(
  { services, workspace }: RawRequest,
  name: string,
  number: number | undefined,
): Promise<{ run: RunRow; attempt: AttemptRow | null }> {
  const run = await getRun(services.db, workspace.id, name);
  const attempt = await findAttempt(services.db, run.id, number);
  if (!attempt && number !== undefined) throw notFound(`Attempt ${number} of ${name}`);
  return { run, attempt };
}

const octets = {
  "content-type": "text/plain; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; sandbox",
  "x-content-type-options": "nosniff",
  "x-accel-buffering": "no",
};

/** `GET …/log`: the bytes from `offset`; with `follow=1` it stays open until the run has ended. */
const log: RawRoute = {
  method: "GET",
  path: "/workspaces/:workspace/runs/:run/log",
  access: "reader",
  summary: "Bytes of a run's log",
  async handle(request, http) {
    const { offset, limit, attempt: number, follow } = parseQuery(logQuery, http.req.query());
    const { run, attempt } = await findLog(request, http.req.param("run") ?? "", number);
    if (!attempt) return new Response("", { headers: octets });
    const stop = new AbortController();
    const { services } = request;
    async function* bytes(from: AttemptRow) {
      let left = limit ?? Number.POSITIVE_INFINITY;
      const parts = follow
        ? followLog(services, run, from, offset, stop.signal)
        : readLogOnce(services, run, from, offset);
      for await (const { content } of parts) {
        yield content.length > left ? content.subarray(0, left) : content;
        left -= content.length;
        if (left <= 0) return;
      }
    }
    const body = Readable.from(bytes(attempt), { objectMode: false });
    body.on("close", () => stop.abort());
    return new Response(Readable.toWeb(body) as unknown as ReadableStream, {
      headers: { ...octets, "x-log-attempt": String(attempt.number) },
    });
  },
};

/**
 * `GET …/log/events`: server-sent `log` events `{offset, at, base64}` whose id is the offset after them (so that
 * `Last-Event-ID` resumes), then one `end` event `{attempt, outcome, sizeBytes}`.
 */
const logEvents: RawRoute = {
  method: "GET",
  path: "/workspaces/:workspace/runs/:run/log/events",
  access: "reader",
  summary: "A run's log as it is written",
  async handle(request, http) {
    const query = parseQuery(logQuery, http.req.query());
    const { run, attempt } = await findLog(request, http.req.param("run") ?? "", query.attempt);
    const resume = Number(http.req.header("last-event-id"));
    const offset = Number.isSafeInteger(resume) && resume > 0 ? resume : query.offset;
    http.header("x-accel-buffering", "no");
    return streamSSE(http, async (stream) => {
      const stop = new AbortController();
      stream.onAbort(() => stop.abort());
      const alive = setInterval(
        () => void stream.writeSSE({ event: "alive", data: "{}" }).catch(() => {}),
        15_000,
      );
      try {
        await stream.writeSSE({ event: "ready", data: JSON.stringify({ attempt: attempt?.number ?? 0 }) });
        if (!attempt) return;
        for await (const { offset: at, content, at: time } of followLog(
          request.services,
          run,
          attempt,
          offset,
          stop.signal,
        )) {
          const data = { offset: at, at: time, base64: content.toString("base64") };
          await stream.writeSSE({
            id: String(at + content.length),
            event: "log",
            data: JSON.stringify(data),
          });
        }
        if (stop.signal.aborted) return;
        const [ended, info] = await Promise.all([
          findAttempt(request.services.db, run.id, attempt.number),
          readLogInfo(request.services, run, attempt),
        ]);
        const data = {
          attempt: attempt.number,
          outcome: ended?.outcome ?? null,
          sizeBytes: ended?.logSizeBytes ?? info.sizeBytes,
        };
        await stream.writeSSE({ event: "end", data: JSON.stringify(data) });
      } finally {
        clearInterval(alive);
        stop.abort();
      }
    });
  },
};

const fileQuery = z.object({
  of: fileSetName.default("artifacts"),
  path: z.string().max(1024),
  download: z.stringbool().default(false),
});

const file: RawRoute = {
  method: "GET",
  path: "/workspaces/:workspace/runs/:run/file",
  access: "reader",
  summary: "One file of a run",
  async handle({ services, workspace }, http) {
    const { of, path, download } = parseQuery(fileQuery, http.req.query());
    if (!isSafePath(path)) throw invalid("path", "is no path of a file", path);
    const run = await getRun(services.db, workspace.id, http.req.param("run") ?? "");
    const set = await openRunFiles(services, run, of);
    return sendFile(await set.open(path), path, download);
  },
};

const zipQuery = z.object({
  of: z.union([fileSetName, z.literal("all")]).default("artifacts"),
  /** Only what lies below it. */
  path: z.string().max(1024).default(""),
});

const zip: RawRoute = {
  method: "GET",
  path: "/workspaces/:workspace/runs/:run/zip",
  access: "reader",
  summary: "Files of a run as one archive",
  async handle({ services, workspace }, http) {
    const { of, path } = parseQuery(zipQuery, http.req.query());
    const run = await getRun(services.db, workspace.id, http.req.param("run") ?? "");
    const part = async (name: string, folder: string): Promise<ZipPart> => {
      const set = await openRunFiles(services, run, name);
      const below = path === "" ? "" : `${path.replace(/\/+$/, "")}/`;
      return { folder, set, files: (await set.list()).filter((entry) => entry.path.startsWith(below)) };
    };
    const { db, env } = services;
    const outputs =
      of === "all"
        ? (await readRunDetails(db, run, { studioUrl: env.url, workspaceName: workspace.name })).outputs
        : [];
    const parts =
      of === "all"
        ? await Promise.all([
            part("artifacts", "artifacts"),
            ...outputs
              .filter((output) => output.available)
              .map(({ name }) => part(`outputs.${name}`, `named-outputs/${name}`)),
          ])
        : [await part(of, "")];
    const name = `${run.name}${of === "all" || of === "artifacts" ? "" : `-${of}`}.zip`;
    return new Response(Readable.toWeb(zipFiles(parts)) as unknown as ReadableStream, {
      headers: {
        "content-type": "application/zip",
        "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      },
    });
  },
};

export const runRoutes: readonly RawRoute[] = [log, logEvents, file, zip];
