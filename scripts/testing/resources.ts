import { dirname, join } from "node:path";
import { preparePythonTools, toolPath } from "../services/python-tools.ts";
import { startTestServices, stopTestServices } from "../services/test-services.ts";
import { baseImage, ensureBaseImage } from "./base-image.ts";
import { ensureEngine } from "./engine.ts";
import { ensureMachine, findBrowser } from "./machine.ts";
import type { StageOutput } from "./stage-output.ts";
import { startTestStudio } from "./test-studio.ts";

export type Need = "tools" | "browser" | "engine" | "services" | "studio";

export interface Resources {
  /** Makes what is not there yet, once for all stages; returns the environment that tells where it is. */
  prepare(needs: Need[], output: StageOutput): Promise<NodeJS.ProcessEnv>;
  /** Ends all of it, also what a stage that was killed has left. */
  release(): Promise<void>;
}

export function createResources(root: string): Resources {
  const home = join(root, ".atelier-test");
  const tools = join(home, "tools");
  const ends: (() => Promise<void>)[] = [];
  const common: NodeJS.ProcessEnv = {
    NODE_ENV: "test",
    NEXT_TELEMETRY_DISABLED: "1",
    ATELIER_BASE_IMAGE: process.env.ATELIER_BASE_IMAGE ?? baseImage,
    PATH: [dirname(process.execPath), process.env.PATH].join(":"),
    // What one stage downloads or compiles, the others need not.
    UV_CACHE_DIR: join(home, "uv-cache"),
    NODE_COMPILE_CACHE: join(home, "compile-cache"),
    // Empty is unset: where a machine forbids it, each Python of a test would compile all that it imports.
    PYTHONDONTWRITEBYTECODE: "",
  };
  let released: Promise<void> | null = null;
  const made = new Map<Need, Promise<Partial<NodeJS.ProcessEnv>>>();
  const make: Record<Need, (output: StageOutput) => Promise<Partial<NodeJS.ProcessEnv>>> = {
    async tools() {
      await preparePythonTools(tools);
      return { ATELIER_UV: toolPath(tools, "uv") };
    },
    async browser() {
      await ensureMachine(["Chromium"]);
      const browser = findBrowser();
      return browser ? { CHROMIUM_PATH: browser } : {};
    },
    async engine() {
      const engine = await ensureEngine();
      ends.push(() => engine.stop());
      if (!process.env.ATELIER_BASE_IMAGE) await ensureBaseImage(engine.host);
      return { DOCKER_HOST: engine.host };
    },
    async services(output) {
      await prepare(["tools"], output);
      const services = await startTestServices(`npm-test-${process.pid}`);
      ends.push(() => stopTestServices(services));
      return services.env;
    },
    async studio(output) {
      const env = await prepare(["tools", "engine"], output);
      const studio = await startTestStudio(env, output);
      ends.push(() => studio.stop());
      return studio.env;
    },
  };
  async function prepare(needs: Need[], output: StageOutput): Promise<NodeJS.ProcessEnv> {
    if (released) throw new Error("The tests were stopped before it could start.");
    const parts = needs.map((need) => {
      const part = made.get(need) ?? make[need](output);
      made.set(need, part);
      return part;
    });
    return Object.assign({}, common, ...(await Promise.all(parts)));
  }
  const endAll = async () => {
    // What is still coming up is waited for, so that nothing outlives this process.
    await Promise.allSettled(made.values());
    // The studio before the engine that runs its containers.
    for (const end of ends.reverse()) await end();
  };
  return {
    prepare,
    release() {
      released ??= endAll();
      return released;
    },
  };
}
