import { mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { giveUp, say } from "../bootstrap/say.mjs";
import { preparePythonTools } from "../services/python-tools.ts";
import { buildPages } from "./build.ts";
import {
  checkPort,
  describeDataFolder,
  type EmbeddedPart,
  openFolder,
  planPostgres,
  planStore,
} from "./embedded.ts";
import { endLeftovers, rememberProcess } from "./leftovers.ts";
import { takeLock } from "./lock.ts";
import { planNodePart } from "./node-part.ts";
import { prepareStudio } from "./prepare.ts";
import { findDockerProblem, waitUntilReady } from "./ready.ts";
import { ensureMasterKey } from "./secrets.ts";
import { readSettings, type StudioSettings } from "./settings.ts";
import { listenForStop } from "./stop-signals.ts";
import { type Part, type PartSpec, supervise } from "./supervise.ts";

const root = join(import.meta.dirname, "..", "..");
const readyTimeoutMs = 60_000;

/** Everything that `npm start` does once the packages are there. Parts are pushed as they start, and stop in reverse. */
async function startStudio(parts: Part[], signal: AbortSignal, settings: StudioSettings): Promise<void> {
  const { env } = settings;
  const { home } = env;
  const dev = process.argv.includes("--dev");
  const hooks = {
    say,
    remember: (name: string, mark: Parameters<typeof rememberProcess>[2]) =>
      rememberProcess(home, name, mark),
  };
  const launch = async (spec: PartSpec) => {
    signal.throwIfAborted();
    parts.push(await supervise(spec, hooks));
  };
  const left = await endLeftovers(home);
  if (left.length > 0) say(`Ended what an earlier start left running: ${left.join(", ")}`);
  await checkPort("PORT", env.PORT);
  await checkPort("GATEWAY_PORT", env.GATEWAY_PORT);
  if (ensureMasterKey(home) === "made")
    say(`Made the master key: ${join(home, "master.key")} (keep a copy of it)`);

  const tools = join(home, "tools");
  const makeTools = async () => {
    if (await preparePythonTools(tools)) say("Installed the Python tools (uv, SeaweedFS)");
  };
  const startDatabase = async (): Promise<EmbeddedPart | null> => {
    if (!settings.embedded.postgres) return null;
    const part = await planPostgres(home);
    await launch(part.spec);
    say("Postgres is up");
    const where = describeDataFolder(home);
    if (where) say(where);
    return part;
  };
  const startStore = async (): Promise<EmbeddedPart | null> => {
    if (!settings.embedded.store) return null;
    const part = await planStore(home, tools);
    await launch(part.spec);
    say("The object store is up");
    return part;
  };
  const build = async () => {
    if (!dev && (await buildPages(root, signal))) say("Built the pages");
  };
  // The database is started first, so that it stops last; the build runs beside all of it.
  const building = build();
  building.catch(() => {});
  const database = await startDatabase();
  await makeTools();
  const store = await startStore();

  const childEnv: NodeJS.ProcessEnv = {
    ...process.env,
    ...database?.settings,
    ...store?.settings,
    ATELIER_HOME: home,
    NODE_ENV: dev ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
    ...(dev ? { ATELIER_DEV: "1" } : {}),
    // The runner finds `uv` there.
    PATH: [join(tools, "bin"), process.env.PATH ?? ""].join(delimiter),
  };
  const setupUrl = await prepareStudio(root, childEnv, signal);
  say("The database is up to date");
  await building;

  const common = { root, home, env: childEnv, dev };
  await launch(planNodePart({ ...common, name: "runner", graceMs: 20_000 }));
  await launch(planNodePart({ ...common, name: "web", graceMs: 10_000 }));
  await launch(planNodePart({ ...common, name: "gateway", graceMs: 10_000 }));
  const missing = await waitUntilReady(env.PORT, readyTimeoutMs, signal);
  if (missing) say(`Not everything is ready (${missing}); it goes on trying`);
  const dockerProblem = await findDockerProblem(env.DOCKER_HOST);
  if (dockerProblem) say(dockerProblem);
  say(`Atelier runs at ${env.url}`);
  if (setupUrl) say(`Make the first administrator here, once: ${setupUrl}`);
  say("Stop it with Ctrl-C");
}

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const { home, url } = settings.env;
  if (mkdirSync(home, { recursive: true })) openFolder(home);
  const release = takeLock(home, url);
  const parts: Part[] = [];
  const stop = listenForStop();
  const stopAll = async () => {
    for (const part of parts.toReversed()) {
      await part.stop();
      say(`Stopped ${part.name}`);
    }
    release();
  };
  try {
    await startStudio(parts, stop.signal, settings);
    await stop.asked;
    say("Stopping");
    await stopAll();
  } catch (error) {
    await stopAll();
    if (!stop.signal.aborted) throw error;
  }
}

main().then(() => process.exit(0), giveUp);
