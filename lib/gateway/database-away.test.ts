import net from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { pino } from "pino";
import { afterAll, beforeAll, expect, it } from "vitest";
import { connectDatabase, type DatabaseClient } from "#db/client.ts";
import { endpointStats } from "#db/schema/index.ts";
import { createTestDatabase } from "#lib/testing/postgres.ts";
import { createTestWorkspace, type TestWorkspace } from "#lib/testing/workspace.ts";
import { type Gateway, startGateway } from "./gateway.ts";
import { echoAs, primaryKey, TestEndpoint, type TestInstance } from "./test-endpoint.ts";

let direct: DatabaseClient;
let proxied: DatabaseClient;
let line: Line;
let drop: () => Promise<void>;
let gateway: Gateway;
let workspace: TestWorkspace;
let instance: TestInstance;

/** A wire to Postgres that the test can cut and mend. */
class Line {
  readonly #server: net.Server;
  readonly #sockets = new Set<net.Socket>();
  #cut = false;

  constructor(target: { host: string; port: number }) {
    this.#server = net.createServer((near) => {
      if (this.#cut) return void near.destroy();
      const far = net.connect(target);
      for (const socket of [near, far]) {
        this.#sockets.add(socket);
        socket.on("error", () => socket.destroy());
        socket.on("close", () => this.#sockets.delete(socket));
      }
      near.pipe(far).pipe(near);
    });
  }

  async open(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return (this.#server.address() as net.AddressInfo).port;
  }

  cut(): void {
    this.#cut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#cut = false;
  }

  close(): void {
    this.cut();
    this.#server.close();
  }
}

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  direct = connectDatabase(database.url);
  const url = new URL(database.url);
  line = new Line({ host: url.hostname, port: Number(url.port) });
  url.hostname = "127.0.0.1";
  url.port = String(await line.open());
  proxied = connectDatabase(url.href, { max: 3 });
  workspace = await createTestWorkspace(direct.db);
  const services = { db: proxied.db, sql: proxied.sql, logger: pino({ level: "silent" }) };
  gateway = await startGateway(services, { addresses: ["127.0.0.1"], port: 0 });
});

afterAll(async () => {
  await gateway.close();
  instance.server.close().closeAllConnections();
  await proxied.close();
  line.close();
  await direct.close();
  await drop();
});

const call = () =>
  fetch(`http://127.0.0.1:${gateway.port}/e/${workspace.name}/steady/score`, {
    method: "POST",
    body: "{}",
    headers: { authorization: `Bearer ${primaryKey}` },
  });

async function until(check: () => Promise<boolean>, seconds = 15): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await check())) {
    if (Date.now() > end) throw new Error(`did not happen within ${seconds} s`);
    await pause(50);
  }
}

it("serves on without the database, and writes what it counted when it is back", {
  timeout: 60_000,
}, async () => {
  const endpoint = await new TestEndpoint(direct.db, workspace, "steady").create();
  const blue = await endpoint.addDeployment("blue");
  instance = await endpoint.addInstance(blue, echoAs("blue"));
  await endpoint.setTraffic({ blue: 100 });
  await until(async () => (await call()).status === 200);

  line.cut();
  const end = Date.now() + 5000;
  let served = 0;
  while (Date.now() < end) {
    expect((await call()).status).toBe(200);
    served += 1;
    await pause(100);
  }
  await until(async () => {
    const ready = await fetch(`http://127.0.0.1:${gateway.port}/readyz`);
    expect(ready.status).toBe(200);
    const { parts } = (await ready.json()) as { parts: { database: { ready: boolean } } };
    return !parts.database.ready;
  });
  expect((await call()).status).toBe(200);

  line.mend();
  await until(async () => {
    const rows = await direct.db.select().from(endpointStats);
    return rows.reduce((sum, row) => sum + row.requestCount, 0) >= served;
  });
  await endpoint.setTraffic({ blue: 0 });
  await until(async () => (await call()).status === 503);
});
