import { type ChildProcess, fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { eq } from "drizzle-orm";
import { connectDatabase } from "#db/client.ts";
import { deploymentInstances } from "#db/schema/index.ts";
import { echoAs, primaryKey, TestEndpoint } from "#lib/gateway/test-endpoint.ts";
import { createTestDatabase } from "#lib/testing/postgres.ts";
import { createTestWorkspace } from "#lib/testing/workspace.ts";
import { runLoad } from "./load.ts";

/**
 * The same requests to one instance directly and through the gateway, one after the other, round by round.
 *
 * `node bench/gateway/run.ts [--target http://127.0.0.1:5001/score --body body.json] [--connections 8] [--seconds 5]`
 * needs `TEST_DATABASE_URL`. Without a target a server that answers at once is used.
 */
const { values } = parseArgs({
  options: {
    target: { type: "string" },
    body: { type: "string" },
    connections: { type: "string", default: "8" },
    seconds: { type: "string", default: "5" },
    rounds: { type: "string", default: "3" },
  },
});

const children: ChildProcess[] = [];
async function portOf(script: string, ...args: string[]): Promise<number> {
  const child = fork(new URL(script, import.meta.url), args);
  children.push(child);
  return new Promise((resolve) =>
    child.once("message", (message) => resolve((message as { port: number }).port)),
  );
}

const database = await createTestDatabase();
const client = connectDatabase(database.url);
const workspace = await createTestWorkspace(client.db);
const direct = values.target ?? `http://127.0.0.1:${await portOf("./instance-process.ts")}/score`;
const endpoint = await new TestEndpoint(client.db, workspace, "bench").create();
const blue = await endpoint.addDeployment("blue", {
  maxConcurrentRequestsPerInstance: 64,
  requestTimeoutMs: 30_000,
});
const stand = await endpoint.addInstance(blue, echoAs("unused"));
await stand.stop();
const address = new URL(direct).host;
await client.db.update(deploymentInstances).set({ address }).where(eq(deploymentInstances.id, stand.id));
await endpoint.setTraffic({ blue: 100 });
const port = await portOf("./gateway-process.ts", database.url);
await new Promise((resolve) => setTimeout(resolve, 1000));

const body = values.body ? readFileSync(values.body) : Buffer.from('{"input_data": [[1, 2, 3]]}');
const through = `http://127.0.0.1:${port}/e/${workspace.name}/bench/score`;
const load = { body, connections: Number(values.connections), seconds: Number(values.seconds) };
for (let round = 1; round <= Number(values.rounds); round++) {
  const plain = await runLoad({ ...load, url: direct, headers: {} });
  const ours = await runLoad({ ...load, url: through, headers: { authorization: `Bearer ${primaryKey}` } });
  for (const [name, result] of Object.entries({ direct: plain, gateway: ours })) {
    const { perSecond, p50, p95, p99, failures } = result;
    const shown = [p50, p95, p99].map((ms) => ms.toFixed(2)).join(" / ");
    process.stdout.write(
      `${round} ${name.padEnd(8)} ${perSecond.toFixed(0).padStart(6)}/s  p50 / p95 / p99 ms: ${shown}  failures: ${failures}\n`,
    );
  }
  process.stdout.write(
    `${round} ratio    rate ${(ours.perSecond / plain.perSecond).toFixed(2)}, p50 ${(ours.p50 / plain.p50).toFixed(2)}, added at p50 ${(ours.p50 - plain.p50).toFixed(2)} ms\n`,
  );
}
for (const child of children) child.kill();
await client.close();
await database.drop();
