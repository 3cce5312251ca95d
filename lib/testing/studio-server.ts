import { createServer } from "node:http";
import { createServer as createProbe } from "node:net";
import { createORPCClient } from "@orpc/client";
import type { ContractRouterClient } from "@orpc/contract";
import { OpenAPILink } from "@orpc/openapi-client/fetch";
import { apiContract } from "#lib/api/contract.ts";
import { createToken } from "#lib/auth/tokens.ts";
import { seedComputeTargets } from "#lib/computes/seed.ts";
import { listenAddresses } from "#lib/core/listen.ts";
import { getCollab } from "#lib/designer/collab/collab.ts";
import { createCollabUpgrade } from "#lib/designer/collab/upgrade.ts";
import { createDispatcher } from "#lib/server/dispatch.ts";
import { createTestServices, type TestServices } from "./services.ts";
import { createTestWorkspace, type TestWorkspace } from "./workspace.ts";

export interface TestStudio {
  services: TestServices;
  workspace: TestWorkspace;
  /** Of the workspace's owner. */
  token: string;
  /** `http://127.0.0.1:<port>` */
  url: string;
  /** The typed client, as the owner. */
  api: ContractRouterClient<typeof apiContract>;
  /** A raw route below `/api/v1/workspaces/<workspace>`. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

/** The web process without its pages, on a port that containers reach too. */
export async function startTestStudio(more: Record<string, string> = {}): Promise<TestStudio> {
  const port = await findFreePort();
  const services = await createTestServices({ PORT: String(port), ...more });
  services.logger.level = process.env.LOG_LEVEL ?? "warn";
  const workspace = await createTestWorkspace(services.db);
  await seedComputeTargets(services.db, workspace.id);
  const { token } = await createToken(services.db, { userId: workspace.userId, name: "test" });
  const dispatch = createDispatcher(services, (_, response) => response.writeHead(404).end());
  const servers = listenAddresses("127.0.0.1").map((address) => createServer(dispatch).listen(port, address));
  const upgrade = createCollabUpgrade(services);
  for (const server of servers) server.on("upgrade", upgrade);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.once("listening", resolve))));
  const url = `http://127.0.0.1:${port}`;
  const headers = { authorization: `Bearer ${token}` };
  return {
    services,
    workspace,
    token,
    url,
    api: createORPCClient(new OpenAPILink(apiContract, { url: `${url}/api/v1`, headers })),
    fetch: (path, init = {}) =>
      fetch(`${url}/api/v1/workspaces/${workspace.name}${path}`, {
        ...init,
        headers: { ...headers, ...init.headers },
      }),
    async close() {
      await getCollab(services).close();
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
      await services.drop();
    },
  };
}

async function findFreePort(): Promise<number> {
  const probe = createProbe();
  await new Promise<void>((resolve) => probe.listen(0, "0.0.0.0", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (typeof address !== "object" || address === null) throw new Error("no free port");
  return address.port;
}
