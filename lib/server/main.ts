import { createServer } from "node:http";
import next from "next";
import { EnvError, readEnv } from "#lib/core/env.ts";
import { messageOf } from "#lib/core/errors.ts";
import { getCollab } from "#lib/designer/collab/collab.ts";
import { createCollabUpgrade } from "#lib/designer/collab/upgrade.ts";
import { getLiveHub } from "#lib/live/hub.ts";
import { getWebServices } from "#lib/services/services.ts";
import { createDispatcher } from "./dispatch.ts";
import { openListeners } from "./listeners.ts";

/** The web process: one HTTP server for the API, the MLflow protocol, live streams and the pages. */
async function main(): Promise<void> {
  const env = readEnv();
  process.env.NEXTAUTH_URL ??= env.url;
  const services = getWebServices();
  const dev = process.env.ATELIER_DEV === "1";
  // Left alone, Next listens for upgrades on our server as well, and ends those it takes for a page: `/collab` is one to
  // it. It gets a server that never listens, and what is meant for it is handed on.
  const pagesServer = createServer();
  const pages = next({ dev, port: env.PORT, hostname: "127.0.0.1", httpServer: pagesServer });
  await pages.prepare();
  const upgradeCollab = createCollabUpgrade(services);
  const listeners = await openListeners({
    setting: env.ATELIER_LISTEN,
    port: env.PORT,
    onRequest: createDispatcher(services, pages.getRequestHandler()),
    onUpgrade(request, socket, head) {
      if (upgradeCollab(request, socket, head)) return;
      // Beside shared drafts only the hot reload of development speaks WebSocket; anything else would hang.
      if (dev && request.url?.startsWith("/_next/")) pagesServer.emit("upgrade", request, socket, head);
      else socket.destroy();
    },
    logger: services.logger,
  });
  services.logger.info({ url: env.url }, "web is ready");

  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    getCollab(services)
      .close()
      .catch((error: unknown) => services.logger.warn(`drafts: ${messageOf(error)}`))
      .then(() => listeners.close())
      .then(() => getLiveHub(services).close())
      .then(() => services.close())
      .finally(() => process.exit(0));
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof EnvError ? error.message : `web stopped: ${messageOf(error)}`}\n`);
  process.exit(1);
});
