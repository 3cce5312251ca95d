import { fork } from "node:child_process";
import { connectDatabase } from "#db/client.ts";

const pointCount = Number(process.argv[2] ?? 200_000);
const connections = 4;
const batchSize = 1000;

interface Reached {
  trackingUri: string;
  token: string;
  databaseUrl: string;
}

interface Point {
  key: string;
  value: number;
  timestamp: number;
  step: number;
}

/** Ten metrics that go on step by step, as a training loop logs them. */
function makeBatches(offset: number): Point[][] {
  const batches: Point[][] = [];
  for (let from = 0; from < pointCount; from += batchSize) {
    const size = Math.min(batchSize, pointCount - from);
    batches.push(
      Array.from({ length: size }, (_, index) => {
        const step = Math.floor((from + index) / 10) + offset;
        return {
          key: `metric_${index % 10}`,
          value: Math.sin(step),
          timestamp: 1_700_000_000_000 + step,
          step,
        };
      }),
    );
  }
  return batches;
}

async function post(reached: Reached, path: string, body: unknown): Promise<unknown> {
  const response = await fetch(`${reached.trackingUri}/api/2.0/mlflow/${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${reached.token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(60_000),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

async function newRun(reached: Reached): Promise<string> {
  const made = (await post(reached, "runs/create", { experiment_id: "0" })) as {
    run: { info: { run_id: string } };
  };
  return made.run.info.run_id;
}

/** Points a second when several workers empty one queue of batches. */
async function measure(batches: Point[][], send: (batch: Point[], worker: number) => Promise<unknown>) {
  const queue = [...batches];
  const start = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async (_, worker) => {
      for (let batch = queue.shift(); batch; batch = queue.shift()) await send(batch, worker);
    }),
  );
  return pointCount / ((performance.now() - start) / 1000);
}

/** Prints points a second through the HTTP API, and of the plainest insert that the database allows, as a ratio. */
const child = fork(new URL("./mlflow-process.ts", import.meta.url).pathname);
const reached = await new Promise<Reached>((resolve, reject) => {
  child.once("message", (message) => resolve(message as Reached));
  child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
});
const client = connectDatabase(reached.databaseUrl, { max: connections });
try {
  const names = await Promise.all(Array.from({ length: connections }, () => newRun(reached)));
  const rows = await client.sql<
    { id: string; name: string }[]
  >`select id, name from runs where name = any(${names})`;
  const ids = names.map((name) => rows.find((row) => row.name === name)?.id ?? "");
  const insert = (batch: Point[], worker: number) => client.sql`
    insert into metrics (run_id, key, step, timestamp, value)
    select ${ids[worker] ?? ""}, * from unnest(${batch.map((point) => point.key)}::text[], ${batch.map((point) => point.step)}::bigint[],
      ${batch.map((point) => point.timestamp)}::bigint[], ${batch.map((point) => point.value)}::float8[])`;
  const log = (batch: Point[], worker: number) =>
    post(reached, "runs/log-batch", { run_id: names[worker], metrics: batch });
  const rounds: { api: number; raw: number }[] = [];
  for (let round = 0; round < 3; round += 1) {
    const api = await measure(makeBatches(round * 10_000_000), log);
    const raw = await measure(makeBatches(round * 10_000_000 + 5_000_000), insert);
    rounds.push({ api, raw });
    console.log(
      `round ${round + 1}: ${Math.round(api)} points/s through the API, ${Math.round(raw)} points/s by raw unnest, ratio ${(api / raw).toFixed(2)}`,
    );
  }
  const single = 500;
  const start = performance.now();
  for (let step = 0; step < single; step += 1) {
    await post(reached, "runs/log-metric", {
      run_id: names[0],
      key: "one",
      value: step,
      timestamp: step,
      step,
    });
  }
  const each = (performance.now() - start) / single;
  console.log(`log-metric, one by one on one connection: ${each.toFixed(1)} ms each`);
} finally {
  await client.close();
  child.disconnect();
}
