import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { createUser } from "#lib/auth/users.ts";
import { startTestStudio, type TestStudio } from "#lib/testing/studio-server.ts";

const main = join(import.meta.dirname, "..", "..", "..", "bin", "atelier.mjs");
const timeoutMs = 60_000;

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

export interface TestCli {
  studio: TestStudio;
  /** A folder of the test's own, which commands run in. */
  folder: string;
  /** Where its settings are kept. */
  configFolder: string;
  /** Runs one command line, words between spaces; a word of several words is given in the list instead. */
  run(line: string | string[], options?: { env?: Record<string, string>; stdin?: string }): Promise<Outcome>;
  /** The same; the result as JSON. Throws what was written to standard error unless the command succeeds. */
  json<T = Record<string, unknown>>(line: string | string[]): Promise<T>;
  close(): Promise<void>;
}

export const person = { email: "grace@example.com", name: "Grace", password: "a compiler of her own" };

/** The command as people start it, as a process of its own, and a studio that answers it. Nobody is signed in yet. */
export async function startTestCli(): Promise<TestCli> {
  const studio = await startTestStudio();
  await createUser(studio.services.db, person);
  const folder = await mkdtemp(join(tmpdir(), "atelier-cli-"));
  const configFolder = join(folder, "config");
  const run: TestCli["run"] = async (line, { env = {}, stdin } = {}) => {
    const words = typeof line === "string" ? line.split(" ") : line;
    const child = spawn(process.execPath, [main, ...words], {
      cwd: folder,
      timeout: timeoutMs,
      env: { ...withoutAtelier(process.env), ATELIER_CONFIG_DIR: configFolder, ...env },
    });
    child.stdin.end(stdin ?? "");
    const ended = new Promise<number>((resolve) => child.once("close", (code) => resolve(code ?? -1)));
    const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    return { code, stdout, stderr };
  };
  return {
    studio,
    folder,
    configFolder,
    run,
    async json<T>(line: string | string[]) {
      const { code, stdout, stderr } = await run(line);
      if (code !== 0) throw new Error(`exit code ${code}: ${stderr}`);
      return JSON.parse(stdout) as T;
    },
    async close() {
      await studio.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Signs in and makes a workspace that later commands mean. */
export async function signIn({ run, studio }: TestCli): Promise<void> {
  const words = ["login", "--url", studio.url, "--email", person.email, "--password-stdin"];
  const steps = [await run(words, { stdin: `${person.password}\n` })];
  steps.push(await run("workspace create -n lab"), await run("configure --defaults workspace=lab"));
  const failed = steps.find(({ code }) => code !== 0);
  if (failed) throw new Error(failed.stderr);
}

function withoutAtelier(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !name.startsWith("ATELIER_")),
  ) as NodeJS.ProcessEnv;
}
