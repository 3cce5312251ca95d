import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { attempts, logChunks } from "#db/schema/index.ts";
import { sleep } from "#lib/core/time.ts";
import { startTestStudio, type TestStudio } from "#lib/testing/studio-server.ts";
import { type RunnerProcess, startRunnerProcess } from "./testing/runner-process.ts";
import { ended, readLogText, submit, type Target, waitForRun } from "./testing/runs.ts";
import { provideUv } from "./testing/uv.ts";

let studio: TestStudio;
const processes: RunnerProcess[] = [];

async function startProcess(): Promise<RunnerProcess> {
  const runner = await startRunnerProcess(studio.services.variables);
  processes.push(runner);
  return runner;
}

beforeAll(async () => {
  studio = await startTestStudio();
  await provideUv(studio.services.env.home);
}, 300_000);

afterEach(async () => {
  for (const runner of processes.splice(0)) await runner.kill("SIGKILL");
});

afterAll(() => studio?.close());

/** Counts to `n`, five a second, then ends with code 3. */
const counting = (n: number) =>
  `python3 -c 'import time
for i in range(${n}):
    print("line", i, flush=True); time.sleep(0.2)
raise SystemExit(3)'`;

const counted = (n: number) => Array.from({ length: n }, (_, i) => `line ${i}\n`).join("");

describe.each<Target>(["docker", "local"])("on %s", (compute) => {
  it("a command goes on while no runner lives, and the next one loses nothing of it", async () => {
    const first = await startProcess();
    const { name } = await submit(studio, compute, counting(30));
    await waitForRun(studio, name, async () => (await readLogText(studio, name)).includes("line 5\n"));
    await first.kill("SIGKILL");
    const before = await readLogText(studio, name);
    await sleep(1500);
    expect(await readLogText(studio, name)).toBe(before);
    await startProcess();
    const run = await waitForRun(studio, name, ended, 30_000);
    expect(run).toMatchObject({ status: "Failed", exitCode: 3 });
    expect(run.attempts).toHaveLength(1);
    expect(await readLogText(studio, name)).toBe(counted(30));
  }, 90_000);

  it("a command that ended while no runner lived is there whole once the next one is there", async () => {
    const first = await startProcess();
    const { name } = await submit(studio, compute, counting(15));
    await waitForRun(studio, name, async () => (await readLogText(studio, name)).includes("line 3\n"));
    await first.kill("SIGKILL");
    await sleep(5000);
    await startProcess();
    const run = await waitForRun(studio, name, ended, 30_000);
    expect(run).toMatchObject({ status: "Failed", exitCode: 3 });
    expect(await readLogText(studio, name)).toBe(counted(15));
  }, 90_000);
});

it("an orderly stop hands the run over without waiting for the lease to end", async () => {
  const first = await startProcess();
  const { name } = await submit(studio, "docker", counting(40));
  await waitForRun(studio, name, async () => (await readLogText(studio, name)).includes("line 2\n"));
  await first.kill("SIGTERM");
  const [attempt] = await studio.services.sql`
    select state, lease_expires_at <= now() as free from attempts a join runs r on r.id = a.run_id where r.name = ${name}`;
  expect(attempt).toMatchObject({ state: "claimed", free: true });
  await startProcess();
  const run = await waitForRun(studio, name, ended, 30_000);
  expect(run).toMatchObject({ status: "Failed", exitCode: 3 });
  expect(await readLogText(studio, name)).toBe(counted(40));
}, 90_000);

it("two runners share the work, and no command runs twice", async () => {
  await Promise.all([startProcess(), startProcess()]);
  const workspace = studio.workspace.name;
  await studio.api.computes.update({ workspace, compute: "docker", maxInstances: 3 });
  const submitted = await Promise.all(
    Array.from({ length: 6 }, (_, i) => submit(studio, "docker", `echo run ${i}; sleep 1`)),
  );
  let most = 0;
  await waitForRun(studio, submitted[5]?.name ?? "", async () => {
    const rows = await studio.services.db.select().from(attempts).where(eq(attempts.state, "claimed"));
    most = Math.max(most, rows.length);
    const open = await studio.api.runs.list({
      workspace,
      status: "NotStarted,Queued,Preparing,Running,Finalizing",
    });
    return open.items.length === 0;
  });
  expect(most).toBe(3);
  for (const [index, { name }] of submitted.entries()) {
    const run = await studio.api.runs.get({ workspace, run: name });
    expect(run).toMatchObject({ status: "Completed" });
    expect(run.attempts).toHaveLength(1);
    expect(await readLogText(studio, name)).toBe(`run ${index}\n`);
  }
}, 90_000);

it("a runner that was frozen changes nothing when it wakes", async () => {
  const frozen = await startProcess();
  const { name } = await submit(studio, "docker", counting(40));
  await waitForRun(studio, name, async () => (await readLogText(studio, name)).includes("line 2\n"));
  process.kill(frozen.pid, "SIGSTOP");
  await sleep(5500);
  await startProcess();
  await waitForRun(studio, name, async () => (await readLogText(studio, name)).includes("line 30\n"), 30_000);
  process.kill(frozen.pid, "SIGCONT");
  const run = await waitForRun(studio, name, ended, 30_000);
  expect(run).toMatchObject({ status: "Failed", exitCode: 3 });
  expect(await readLogText(studio, name)).toBe(counted(40));
  await sleep(1000);
  expect(await readLogText(studio, name)).toBe(counted(40));
  expect(await studio.services.db.$count(logChunks)).toBe(0);
}, 90_000);

it("goes on when the database cuts every connection of the runner", async () => {
  let over = false;
  // As the studio's supervisor does: one that ends is started again.
  const supervised = (async () => {
    while (!over) await (await startProcess()).gone;
  })();
  const { name } = await submit(studio, "docker", counting(40));
  await waitForRun(studio, name, async () => (await readLogText(studio, name)).includes("line 2\n"));
  const cut = await studio.services.sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'atelier-runner'`;
  expect(cut.length).toBeGreaterThan(0);
  const run = await waitForRun(studio, name, ended, 60_000);
  expect(run).toMatchObject({ status: "Failed", exitCode: 3 });
  expect(run.attempts).toHaveLength(1);
  expect(await readLogText(studio, name)).toBe(counted(40));
  over = true;
  await processes.at(-1)?.kill("SIGKILL");
  await supervised;
}, 120_000);
