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
/** Each part after those that use it. */
const stopOrder = ["gateway", "web", "runner", "store", "postgres"];

/** Sent to the process that started this one, once people can use the studio. */
export interface StudioReady {
  url: string;
  gatewayUrl: string;
  setupUrl: string | null;
  /** Where its embedded parts are. */
  settings: Record<string, string>;
}

/** Everything that `npm start` does once the packages are there. `launches` gets each part that is started. */
async function startStudio(
  launches: Promise<Part>[],
  signal: AbortSignal,
  settings: StudioSettings,
): Promise<void> {
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
    const launched = supervise(spec, hooks);
    launches.push(launched);
    await launched;
  };
  const left = await endLeftovers(home);
  if (left.length > 0) say(`Ended what an earlier start left running: ${left.join(", ")}`);
  const checkPorts = async () => {
    await checkPort("PORT", env.PORT);
    await checkPort("GATEWAY_PORT", env.GATEWAY_PORT);
  };
  await checkPorts();
  if (ensureMasterKey(home) === "made")
    say(`Made the master key: ${join(home, "master.key")} (keep a copy of it)`);

  const tools = join(home, "tools");
  const makeTools = async () => {
    await preparePythonTools(tools, say);
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
    if (!dev) await buildPages(root, signal, say);
  };
  // The build runs beside all of it; what waits for it comes last.
  const building = build();
  building.catch(() => {});
  const [database, store] = await Promise.all([startDatabase(), makeTools().then(startStore)]);

  const childEnv: NodeJS.ProcessEnv = {
    ...process.env,
    ...database?.settings,
    ...store?.settings,
    ATELIER_HOME: home,
    NODE_ENV: dev ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
    // What the processes compiled is kept, so that a second start takes half of the first one's work.
    ...(dev ? { ATELIER_DEV: "1" } : { NODE_COMPILE_CACHE: join(home, "compiled") }),
    // The runner finds `uv` there.
    PATH: [join(tools, "bin"), process.env.PATH ?? ""].join(delimiter),
  };
  const setupUrl = await prepareStudio(root, childEnv, signal);
  say("The database is up to date");
  await building;
  // A build takes long enough for another program to take them meanwhile.
  await checkPorts();

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
  const ready: StudioReady = {
    url: env.url,
    gatewayUrl: env.gatewayUrl,
    setupUrl,
    settings: { ...database?.settings, ...store?.settings },
  };
  if (process.connected) process.send?.(ready);
}

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const { home, url } = settings.env;
  if (mkdirSync(home, { recursive: true })) openFolder(home);
  const release = takeLock(home, url);
  const launches: Promise<Part>[] = [];
  const stop = listenForStop();
  const stopAll = async () => {
    // One that is still coming up is waited for, so that nothing outlives this process.
    const parts = (await Promise.allSettled(launches)).flatMap((launch) =>
      launch.status === "fulfilled" ? [launch.value] : [],
    );
    for (const part of parts.toSorted((a, b) => stopOrder.indexOf(a.name) - stopOrder.indexOf(b.name))) {
      await part.stop();
      say(`Stopped ${part.name}`);
    }
    release();
  };
  try {
    await startStudio(launches, stop.signal, settings);
    await stop.asked;
    say("Stopping");
    await stopAll();
  } catch (error) {
    const wanted = stop.signal.aborted;
    stop.cancel();
    await stopAll();
    if (!wanted) throw error;
  }
}

main().then(() => process.exit(0), giveUp);
