import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Services } from "#lib/services/services.ts";
import { instanceAgent } from "./forward.ts";
import { createListener } from "./listener.ts";
import { Slots } from "./slots.ts";
import { Telemetry } from "./telemetry.ts";
import { watchTable } from "./watch-table.ts";

const flushMs = 3000;
const drainMs = 30_000;

export interface Gateway {
  /** The port of the first address; useful when 0 was asked for. */
  port: number;
  /** Takes no new request, lets those under way finish, writes the last counts. */
  close(): Promise<void>;
}

export interface GatewayOptions {
  addresses: string[];
  port: number;
}

/** Starts the gateway. It listens at once and answers 503 until the routes were read. */
export async function startGateway(
  services: Pick<Services, "db" | "sql" | "logger">,
  options: GatewayOptions,
): Promise<Gateway> {
  const slots = new Slots();
  const telemetry = new Telemetry(services.db, services.logger);
  const table = watchTable(services, (read) => slots.update(read));
  const listener = createListener({ table, slots, telemetry, logger: services.logger });
  const servers: Server[] = [];
  let port = options.port;
  for (const address of options.addresses) {
    const server = createServer(
      { keepAliveTimeout: 75_000, headersTimeout: 30_000, requestTimeout: 300_000 },
      listener,
    );
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject).listen(port, address, resolve);
    });
    port = (server.address() as AddressInfo).port;
    servers.push(server);
  }
  const flushing = setInterval(() => void telemetry.flush(), flushMs);
  return {
    port,
    async close() {
      clearInterval(flushing);
      await Promise.all(servers.map(drain));
      await telemetry.flush();
      await table.close();
      instanceAgent.destroy();
    },
  };
}

function drain(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), drainMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
