import { createServer } from "node:http";
import { readEnv } from "#lib/core/env.ts";
import { createDispatcher } from "#lib/server/dispatch.ts";
import { createServices } from "#lib/services/services.ts";
import { createCollabUpgrade } from "../collab/upgrade.ts";

/** The web process without its pages, as a process that a test can kill. */
const env = readEnv();
const services = createServices({ name: "web", env, maxConnections: 5 });
const server = createServer(createDispatcher(services, (_, response) => response.writeHead(404).end()));
server.on("upgrade", createCollabUpgrade(services));
server.listen(env.PORT, "127.0.0.1", () => process.stdout.write("ready\n"));
