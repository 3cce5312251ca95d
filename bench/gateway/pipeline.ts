// Single rows to the sample pipeline as a service: through the gateway, to the instance directly, and the graph alone in
// the instance's own Python. Arguments: seconds for each load. Needs TEST_DATABASE_URL, the store and Docker.
import { type ChildProcess, execFileSync, fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { deploymentInstances } from "#db/schema/index.ts";
import { sleep } from "#lib/core/time.ts";
import { removePrograms } from "#lib/runner/testing/programs.ts";
import { startRunnerProcess } from "#lib/runner/testing/runner-process.ts";
import { isEnded } from "#lib/runs/state.ts";
import { startTestStudio } from "#lib/testing/studio-server.ts";
import { type LoadResult, runLoad } from "./load.ts";

const seconds = Number(process.argv[2] ?? "8");
const studio = await startTestStudio();
const { api, services, workspace } = studio;
const name = workspace.name;
const runner = await startRunnerProcess(services.variables);
const children: ChildProcess[] = [];

async function train(): Promise<string> {
  const { text } = await api.designer.create({ workspace: name, sample: "binary-classification" });
  const set = ["settings.default_compute=azureml:docker"];
  const { name: run } = await api.runs.submit({ workspace: name, spec: text, set });
  for (;;) {
    const { status, error } = await api.runs.get({ workspace: name, run });
    if (status === "Completed") return run;
    if (isEnded(status)) throw new Error(`${status}: ${error?.message}`);
    await sleep(50);
  }
}

/** Where the one instance listens, and its container. */
async function deploy(run: string): Promise<{ address: string; container: string }> {
  const { draft } = await api.inference.create({ workspace: name, run, mode: "real-time" });
  const { text } = await api.designer.get({ workspace: name, draft });
  const model = await api.inference.package({ workspace: name, text, name: "deposits" });
  await api.endpoints.create({ workspace: name, spec: { name: "deposits" } });
  const spec = { name: "blue", model: `azureml:${model.name}:${model.version}` };
  await api.endpoints.createDeployment({ workspace: name, endpoint: "deposits", spec, allTraffic: true });
  const one = { workspace: name, endpoint: "deposits", deployment: "blue" };
  for (;;) {
    const { provisioningState, error } = await api.endpoints.getDeployment(one);
    if (provisioningState === "Failed") throw new Error(error ?? "the deployment failed");
    if (provisioningState === "Succeeded") break;
    await sleep(200);
  }
  const [instance] = await services.db
    .select()
    .from(deploymentInstances)
    .where(eq(deploymentInstances.state, "ready"));
  return { address: instance?.address ?? "", container: `atelier-${instance?.id}` };
}

/** One row of the sample, as a caller sends it. */
async function readBody(): Promise<Buffer> {
  const version = { workspace: name, name: "sample-bank-clients", version: "@latest" };
  const { columns, rows } = await api.datasets.rows({ ...version, query: { limit: 1 } });
  const row = columns.map((column, at) => [column.name, rows[0]?.[at]]);
  const record = Object.fromEntries(row.filter(([column]) => column !== "deposit"));
  return Buffer.from(JSON.stringify({ dataframe_records: [record] }));
}

async function startGatewayProcess(): Promise<number> {
  const child = fork(new URL("./gateway-process.ts", import.meta.url), [
    services.variables.DATABASE_URL ?? "",
  ]);
  children.push(child);
  return new Promise((resolve) =>
    child.once("message", (message) => resolve((message as { port: number }).port)),
  );
}

/** p50 and p95 of the graph called from Python, in ms. */
function timeGraph(container: string): { p50: number; p95: number; perSecond: number } {
  const script = readFileSync(join(import.meta.dirname, "graph.py"));
  const told = execFileSync("docker", ["exec", "-i", container, "python", "-"], {
    input: script,
    timeout: 120_000,
  });
  return JSON.parse(told.toString());
}

function line(
  what: string,
  { p50, p95, perSecond }: Pick<LoadResult, "p50" | "p95" | "perSecond">,
  base = p50,
) {
  const numbers = [p50, p95].map((ms) => ms.toFixed(1).padStart(7)).join(" ");
  console.log(
    `  ${what.padEnd(34)}${numbers} ms   ${perSecond.toFixed(0).padStart(5)}/s   p50 ${(p50 / base).toFixed(2)} ×`,
  );
}

try {
  const { address, container } = await deploy(await train());
  const { primaryKey } = await api.endpoints.credentials({ workspace: name, endpoint: "deposits" });
  const port = await startGatewayProcess();
  await sleep(2000);
  const body = await readBody();
  const direct = { url: `http://${address}/score`, headers: {} };
  const authorization = `Bearer ${primaryKey}`;
  const through = { url: `http://127.0.0.1:${port}/e/${name}/deposits/score`, headers: { authorization } };
  for (const ways of [direct, through]) await runLoad({ ...ways, body, connections: 4, seconds: 2 });
  console.log(`The sample pipeline as a service, one row a request           p50     p95`);
  const graph = timeGraph(container);
  line("the graph alone, in Python", graph);
  for (const connections of [1, 16]) {
    const words = connections === 1 ? "1 connection" : `${connections} connections`;
    const plain = await runLoad({ ...direct, body, connections, seconds });
    const ours = await runLoad({ ...through, body, connections, seconds });
    line(`the instance, ${words}`, plain, graph.p50);
    line(`the gateway, ${words}`, ours, graph.p50);
    const more = (ours.p50 - plain.p50).toFixed(1);
    console.log(
      `    gateway / instance: p50 ${(ours.p50 / plain.p50).toFixed(2)}, rate ${(ours.perSecond / plain.perSecond).toFixed(2)}, added ${more} ms, failures ${plain.failures + ours.failures}`,
    );
  }
} finally {
  await api.endpoints.delete({ workspace: name, endpoint: "deposits" }).catch(() => {});
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(300)) {
    const { items } = await api.endpoints.list({ workspace: name, limit: 10 });
    if (items.length === 0) break;
  }
  for (const child of children) child.kill();
  await runner.kill("SIGTERM");
  await removePrograms(studio);
  await studio.close();
}
