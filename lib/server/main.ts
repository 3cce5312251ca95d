import { createServer } from "node:http";
import next from "next";
import { EnvError, readEnv } from "#lib/core/env.ts";
import { messageOf } from "#lib/core/errors.ts";
import { listenAddresses } from "#lib/core/listen.ts";
import { getLiveHub } from "#lib/live/hub.ts";
import { getWebServices } from "#lib/services/services.ts";
import { createDispatcher } from "./dispatch.ts";

/** The web process: one HTTP server for the API, the MLflow protocol, live streams and the pages. */
async function main(): Promise<void> {
  const env = readEnv();
  process.env.NEXTAUTH_URL ??= env.url;
  const services = getWebServices();
  const dev = process.env.ATELIER_DEV === "1";
  const pages = next({ dev, port: env.PORT, hostname: "127.0.0.1" });
  await pages.prepare();
  const dispatch = createDispatcher(services, pages.getRequestHandler());
  const upgradePages = pages.getUpgradeHandler();
  const servers = listenAddresses(env.ATELIER_LISTEN).map((address) => {
    const server = createServer(dispatch);
    // Uploads and live streams last; a header that never ends does not.
    server.requestTimeout = 0;
    server.headersTimeout = 30_000;
    server.on("upgrade", (request, socket, head) => {
      // Only the hot reload of development speaks WebSocket; anything else would hang.
      if (dev && request.url?.startsWith("/_next/")) upgradePages(request, socket, head);
      else socket.destroy();
    });
    server.listen(env.PORT, address);
    return server;
  });
  await Promise.all(
    servers.map(
      (server) => new Promise((resolve, reject) => server.once("listening", resolve).once("error", reject)),
    ),
  );
  services.logger.info({ url: env.url }, "web is ready");

  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    for (const server of servers) {
      server.close();
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), 2000);
    }
    setTimeout(() => {
      getLiveHub(services.sql, services.logger)
        .close()
        .then(() => services.close())
        .finally(() => process.exit(0));
    }, 2100);
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof EnvError ? error.message : `web stopped: ${messageOf(error)}`}\n`);
  process.exit(1);
});
