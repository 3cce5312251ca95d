import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { sleep } from "#lib/core/time.ts";
import { startTestStudio, type TestStudio } from "#lib/testing/studio-server.ts";
import { finish, readSteps, submitPipeline, wideJobs } from "../testing/pipelines.ts";
import { type RunnerProcess, startRunnerProcess } from "../testing/runner-process.ts";
import { readLogText, waitForRun } from "../testing/runs.ts";

let studio: TestStudio;
const processes: RunnerProcess[] = [];

async function startProcess(): Promise<RunnerProcess> {
  const runner = await startRunnerProcess(studio.services.variables);
  processes.push(runner);
  return runner;
}

beforeAll(async () => {
  studio = await startTestStudio();
  await studio.services.sql`update compute_targets set max_instances = 50`;
}, 60_000);

afterEach(async () => {
  for (const runner of processes.splice(0)) await runner.kill("SIGKILL");
});

afterAll(() => studio?.close());

const settings = { force_rerun: true };

async function expectEachOnce(run: string, width: number): Promise<void> {
  const steps = await readSteps(studio, run);
  const tries = await studio.services.sql<{ node: string; tries: number }[]>`
    select r.node_name as node, count(a.id)::int as tries
    from runs p join runs r on r.parent_run_id = p.id left join attempts a on a.run_id = r.id
    where p.name = ${run} group by 1`;
  expect(tries).toHaveLength(width + 2);
  expect(tries.filter((row) => row.tries !== 1)).toEqual([]);
  for (const [name, { runName }] of Object.entries(steps).filter(([step]) => /^m\d/.test(step))) {
    expect(await readLogText(studio, runName)).toBe(`ran ${name}\n`);
  }
}

it("loses and doubles nothing when the runner is killed with twenty steps in flight", async () => {
  const first = await startProcess();
  const { name } = await submitPipeline(studio, "docker", wideJobs(20, 1), settings);
  const running = async () =>
    Object.values(await readSteps(studio, name)).filter((s) => s.status === "Running");
  await waitForRun(studio, name, async () => (await running()).length >= 4);
  const before = (await running()).map(({ runName }) => runName);
  await first.kill("SIGKILL");
  await sleep(1500);
  await startProcess();
  await waitForRun(studio, name, async () => {
    const now = Object.values(await readSteps(studio, name));
    return now.every(({ runName, status }) => !before.includes(runName) || status === "Completed");
  });
  const done = await finish(studio, name, 100_000);
  expect(done.status).toBe("Completed");
  expect(Object.values(done.steps)).toEqual(Array(22).fill("Completed"));
  await expectEachOnce(name, 20);
}, 120_000);

it("shares the steps between two runners, one of which dies", async () => {
  const [one] = await Promise.all([startProcess(), startProcess()]);
  const { name } = await submitPipeline(studio, "docker", wideJobs(10, 0.2), settings);
  await waitForRun(
    studio,
    name,
    async () =>
      Object.values(await readSteps(studio, name)).filter((s) => s.status === "Completed").length > 2,
  );
  await one.kill("SIGKILL");
  expect((await finish(studio, name, 100_000)).status).toBe("Completed");
  await expectEachOnce(name, 10);
}, 120_000);
