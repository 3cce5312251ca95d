import http from "node:http";
import type { RequestBody } from "./body.ts";
import { GatewayError } from "./errors.ts";
import { requestHeaders, responseHeaders } from "./headers.ts";
import type { DeploymentRoute, InstanceRoute } from "./table.ts";

const connectTimeoutMs = 2000;

/** Idle connections end here before the scoring server ends them (120 s), so that none is used while it closes. */
export const instanceAgent = new http.Agent({ keepAlive: true, timeout: 60_000, maxFreeSockets: 64 });

export interface Call {
  request: http.IncomingMessage;
  response: http.ServerResponse;
  body: RequestBody;
  /** Path and query for the instance. */
  path: string;
  requestId: string;
  deployment: DeploymentRoute;
  instance: InstanceRoute;
  waitedMs: number;
  arrivedAt: number;
  /** A connection of its own, after a kept one turned out to be closed. */
  fresh: boolean;
}

/**
 * `answered`: the caller has an answer, or has gone away (499). `refused`: nothing reached the instance, another may be
 * tried. `stale`: a kept connection was closed under the request before an answer began.
 */
export type Outcome = { kind: "answered"; status: number } | { kind: "refused" } | { kind: "stale" };

/** Sends the request to one instance and its answer to the caller, both as they flow. */
export function forward(call: Call): Promise<Outcome> {
  const { request, response, body, deployment, instance } = call;
  if (response.destroyed) return Promise.resolve({ kind: "answered", status: 499 });
  return new Promise<Outcome>((resolve, reject) => {
    let sending = false;
    let settled = false;
    const startedAt = performance.now();
    const upstream = http.request({
      host: instance.host,
      port: instance.port,
      method: request.method ?? "GET",
      path: call.path,
      headers: requestHeaders(request, body, call.requestId),
      agent: call.fresh ? false : instanceAgent,
    });
    const timeoutMs = deployment.requestTimeoutMs;
    let timer = setTimeout(() => upstream.destroy(new Error("no connection")), connectTimeoutMs);
    const settle = (end: () => void) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      response.off("close", onCallerGone);
      end();
    };
    const onCallerGone = () => {
      // A response also closes when it was sent whole.
      if (response.writableEnded) return;
      settle(() => resolve({ kind: "answered", status: 499 }));
      upstream.destroy();
    };
    response.once("close", onCallerGone);

    const send = () => {
      if (settled) return;
      sending = true;
      clearTimeout(timer);
      timer = setTimeout(() => {
        settle(() => reject(timedOut(deployment)));
        upstream.destroy();
      }, timeoutMs);
      if (body.kind === "held") return void upstream.end(body.bytes);
      body.stream.once("error", (error) => {
        settle(() => reject(error));
        upstream.destroy();
      });
      body.stream.pipe(upstream);
    };
    upstream.once("socket", (socket) => {
      if (socket.connecting) socket.once("connect", send);
      else send();
    });
    upstream.once("error", () => {
      settle(() => {
        if (!sending) return resolve({ kind: "refused" });
        if (upstream.reusedSocket && body.kind === "held") return resolve({ kind: "stale" });
        reject(new GatewayError(502, `An instance of “${deployment.name}” ended before it had answered.`));
      });
    });
    upstream.once("response", (answer) => {
      if (settled) return void answer.destroy();
      const now = performance.now();
      const timings = { totalMs: now - call.arrivedAt, waitedMs: call.waitedMs, instanceMs: now - startedAt };
      response.writeHead(answer.statusCode ?? 502, responseHeaders(answer, timings));
      // From here on the limit is for silence of the instance: an answer that streams may last longer than the timeout.
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (response.writableNeedDrain) timer.refresh();
        else upstream.destroy();
      }, timeoutMs);
      answer.on("data", () => timer.refresh());
      answer.once("close", () => {
        if (!answer.complete) response.destroy();
        settle(() =>
          resolve({ kind: "answered", status: answer.complete ? (answer.statusCode ?? 502) : 502 }),
        );
      });
      answer.on("error", () => response.destroy());
      answer.pipe(response);
    });
  });
}

function timedOut(deployment: DeploymentRoute): GatewayError {
  return new GatewayError(
    408,
    `Deployment “${deployment.name}” did not answer within ${deployment.requestTimeoutMs} ms. Send fewer rows, or raise its request_timeout_ms.`,
  );
}
