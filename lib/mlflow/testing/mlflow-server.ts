import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { createToken } from "#lib/auth/tokens.ts";
import type { Services } from "#lib/services/services.ts";
import { createTestServices } from "#lib/testing/services.ts";
import { createTestWorkspace, type TestWorkspace } from "#lib/testing/workspace.ts";
import { seedExperiments } from "#lib/tracking/experiments.ts";
import { createMlflowApp } from "../app.ts";

export interface MlflowTestServer {
  services: Services;
  workspace: TestWorkspace;
  /** Of the workspace's owner. */
  token: string;
  /** `http://127.0.0.1:<port>` */
  origin: string;
  /** What a client takes as its tracking address. */
  trackingUri: string;
  close(): Promise<void>;
}

/** The protocol on a real port over a database and a bucket of its own. */
export async function startMlflowServer(): Promise<MlflowTestServer> {
  const services = await createTestServices();
  services.logger.level = process.env.LOG_LEVEL ?? "error";
  const workspace = await createTestWorkspace(services.db);
  await seedExperiments(services.db, workspace.id);
  const { token } = await createToken(services.db, { userId: workspace.userId, name: "test" });
  const { server, port } = await listen(services);
  const origin = `http://127.0.0.1:${port}`;
  return {
    services,
    workspace,
    token,
    origin,
    trackingUri: `${origin}/mlflow/${workspace.name}`,
    async close() {
      await new Promise((resolve) => server.close(resolve));
      await services.drop();
    },
  };
}

async function listen(services: Services) {
  const app = createMlflowApp(services);
  const { promise, resolve } = Promise.withResolvers<AddressInfo>();
  const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, resolve);
  return { server, port: (await promise).port };
}
