import { createHash } from "node:crypto";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { deploymentInstances, deployments, endpoints } from "#db/schema/index.ts";
import { newId } from "#lib/core/ids.ts";
import { wakeGateways } from "#lib/endpoints/wake.ts";
import type { TestWorkspace } from "#lib/testing/workspace.ts";

export const primaryKey = "key-of-the-test-1";
export const secondaryKey = "key-of-the-test-2";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

export interface TestInstance {
  id: string;
  server: Server;
  stop(): Promise<void>;
}

/** Rows of an endpoint as the reconciler leaves them, over HTTP servers of the test's own. */
export class TestEndpoint {
  readonly id = newId("end");
  readonly name: string;
  readonly #db: Database;
  readonly #workspace: TestWorkspace;

  constructor(db: Database, workspace: TestWorkspace, name: string) {
    this.#db = db;
    this.#workspace = workspace;
    this.name = name;
  }

  async create(): Promise<this> {
    await this.#db.insert(endpoints).values({
      id: this.id,
      workspaceId: this.#workspace.id,
      name: this.name,
      primaryKeyHash: sha256(primaryKey),
      secondaryKeyHash: sha256(secondaryKey),
    });
    return this;
  }

  async addDeployment(
    name: string,
    settings: Partial<typeof deployments.$inferInsert> = {},
  ): Promise<string> {
    const id = newId("dep");
    await this.#db.insert(deployments).values({
      id,
      endpointId: this.id,
      workspaceId: this.#workspace.id,
      name,
      modelVersionId: newId("ver"),
      provisioningState: "Succeeded",
      ...settings,
    });
    return id;
  }

  async addInstance(deploymentId: string, listener: RequestListener): Promise<TestInstance> {
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const id = newId("ins");
    await this.#db.insert(deploymentInstances).values({
      id,
      deploymentId,
      number: 0,
      state: "ready",
      address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    });
    await wakeGateways(this.#db);
    return { id, server, stop: () => closeServer(server) };
  }

  async setInstance(id: string, state: "ready" | "draining" | "stopped"): Promise<void> {
    await this.#db.update(deploymentInstances).set({ state }).where(eq(deploymentInstances.id, id));
    await wakeGateways(this.#db);
  }

  async setTraffic(traffic: Record<string, number>): Promise<void> {
    await this.#db.update(endpoints).set({ traffic }).where(eq(endpoints.id, this.id));
    await wakeGateways(this.#db);
  }

  async removeDeployment(id: string): Promise<void> {
    await this.#db.update(deployments).set({ deletingAt: new Date() }).where(eq(deployments.id, id));
    await wakeGateways(this.#db);
  }
}

/** As a container ends on SIGTERM: no new connection, what runs finishes. */
function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}

/** Says who answered, and gives back what it was sent. */
export function echoAs(name: string, delayMs = 0): RequestListener {
  return (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      setTimeout(() => {
        const body = JSON.stringify({
          name,
          url: request.url,
          headers: request.headers,
          body: Buffer.concat(chunks).toString("utf8").slice(0, 1000),
          bytes: Buffer.concat(chunks).length,
        });
        response.writeHead(200, { "content-type": "application/json", "server-timing": "model;dur=1.00" });
        response.end(body);
      }, delayMs);
    });
  };
}
