import { streamSSE } from "hono/streaming";
import type { RawRoute } from "#lib/api/raw-route.ts";
import { findWorkspaceAccess } from "#lib/auth/authorize.ts";
import { getLiveHub } from "./hub.ts";
import type { LiveEvent } from "./model.ts";

const keepAliveMs = 15_000;

/** `GET …/events`: one stream per tab; `Last-Event-ID` resumes it, `reset` says that pages must read anew. */
const events: RawRoute = {
  method: "GET",
  path: "/workspaces/:workspace/events",
  access: "reader",
  summary: "Live changes of the workspace as server-sent events",
  async handle({ services, workspace, principal }, http) {
    const hub = getLiveHub(services);
    await hub.ready;
    const lastId = http.req.header("last-event-id");
    http.header("x-accel-buffering", "no");
    return streamSSE(http, async (stream) => {
      const queue: LiveEvent[] = [];
      let wake = () => {};
      const stop = hub.subscribe(workspace.id, (event) => {
        queue.push(event);
        wake();
      });
      stream.onAbort(() => {
        stop();
        wake();
      });
      try {
        await stream.writeSSE({ event: "ready", data: "{}" });
        if (lastId) {
          const missed = await hub.replay(workspace.id, lastId);
          if (missed) queue.unshift(...missed);
          else await stream.writeSSE({ event: "reset", data: "{}" });
        }
        let checkedAt = Date.now();
        while (!stream.aborted) {
          const event = queue.shift();
          if (event) {
            await stream.writeSSE({ id: event.id, event: "change", data: JSON.stringify(event) });
            if (event.kind !== "member") continue;
          } else {
            await new Promise<void>((resolve) => {
              const timer = setTimeout(resolve, keepAliveMs);
              wake = () => {
                clearTimeout(timer);
                resolve();
              };
            });
          }
          // Who lost access must lose the stream too: at once when members change, else within the keep-alive time.
          if (event?.kind === "member" || Date.now() - checkedAt > keepAliveMs) {
            checkedAt = Date.now();
            if (!(await findWorkspaceAccess(services.db, principal, workspace.name))) break;
            await stream.writeSSE({ event: "alive", data: "{}" });
          }
        }
      } finally {
        stop();
      }
    });
  },
};

export const liveRoutes: readonly RawRoute[] = [events];
