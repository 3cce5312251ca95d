import type { IncomingMessage } from "node:http";
import { createServer, type RequestListener, type Server } from "node:http";
import type { Duplex } from "node:stream";
import { messageOf } from "#lib/core/errors.ts";
import { listenAddresses } from "#lib/core/listen.ts";
import type { Logger } from "#lib/core/logger.ts";

export interface Listeners {
  /** Ends idle connections at once, the others after two seconds. */
  close(): Promise<void>;
}

export interface ListenOptions {
  setting: string;
  port: number;
  onRequest: RequestListener;
  onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  logger: Logger;
}

const lookAgainMs = 5000;

function listen(options: ListenOptions, address: string): Promise<Server> {
  // Uploads and live streams last; a header that never ends does not. A proxy in front, or a client that asks every few
  // seconds, finds its connection open: one that is closed under a request looks like a failure of the studio.
  const server = createServer(
    { requestTimeout: 0, headersTimeout: 30_000, keepAliveTimeout: 75_000 },
    options.onRequest,
  );
  server.on("upgrade", options.onUpgrade);
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, address, () => {
      server.off("error", reject);
      resolve(server);
    });
  });
}

/** Listens on every address of the setting; a Docker bridge that appears later is added when it is there. */
export async function openListeners(options: ListenOptions): Promise<Listeners> {
  const servers = new Map<string, Server>();
  for (const address of listenAddresses(options.setting))
    servers.set(address, await listen(options, address));
  const timer = setInterval(() => {
    for (const address of listenAddresses(options.setting).filter((each) => !servers.has(each))) {
      listen(options, address).then(
        (server) => servers.set(address, server),
        (error: unknown) => options.logger.warn(`cannot listen on ${address}: ${messageOf(error)}`),
      );
    }
  }, lookAgainMs);
  return {
    async close() {
      clearInterval(timer);
      const all = [...servers.values()];
      const closed = all.map((server) => new Promise((resolve) => server.close(resolve)));
      for (const server of all) server.closeIdleConnections();
      const force = setTimeout(() => {
        for (const server of all) server.closeAllConnections();
      }, 2000);
      await Promise.all(closed);
      clearTimeout(force);
    },
  };
}
