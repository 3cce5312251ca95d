import { afterAll, beforeAll, expect, it } from "vitest";
import { sleep } from "#lib/core/time.ts";
import { startTestStudio, type TestStudio } from "#lib/testing/studio-server.ts";
import { type Runner, startRunner } from "../runner.ts";
import { commandStep, finish, readSteps, submitPipeline } from "../testing/pipelines.ts";
import { readLogText, waitForRun } from "../testing/runs.ts";

let studio: TestStudio;
let runner: Runner;

beforeAll(async () => {
  studio = await startTestStudio();
  await studio.services.sql`update compute_targets set max_instances = 4`;
  runner = await startRunner(studio.services);
}, 60_000);

afterAll(async () => {
  await runner?.stop();
  await studio?.close();
});

const step = (command: string, needs: string[] = [], more = {}) =>
  commandStep("docker", command, needs, more);
const out = "${{outputs.out}}";
const from = (name: string) => `\${{inputs.from_${name}}}`;

function diamond(rightText = "right") {
  return {
    make: step(`echo one > ${out}/a.txt`),
    left: step(`cat ${from("make")}/a.txt > ${out}/b.txt; echo left >> ${out}/b.txt`, ["make"]),
    right: step(`echo ${rightText} > ${out}/c.txt`, ["make"]),
    join: step(`cat ${from("left")}/b.txt ${from("right")}/c.txt`, ["left", "right"]),
  };
}

it("hands files from container to container, and runs again only what is new", async () => {
  const { name } = await submitPipeline(studio, "docker", diamond());
  const done = await finish(studio, name);
  expect(done).toEqual({
    status: "Completed",
    steps: { make: "Completed", left: "Completed", right: "Completed", join: "Completed" },
  });
  const { join } = await readSteps(studio, name);
  expect(await readLogText(studio, join?.runName ?? "")).toBe("one\nleft\nright\n");
  const second = await submitPipeline(studio, "docker", diamond("changed"));
  expect((await finish(studio, second.name)).steps).toEqual({
    make: "reused",
    left: "reused",
    right: "Completed",
    join: "Completed",
  });
  const forced = await submitPipeline(studio, "docker", { make: diamond().make }, { force_rerun: true });
  expect((await finish(studio, forced.name)).steps).toEqual({ make: "Completed" });
}, 60_000);

it("a script that was written for several processes finds that it is the only one", async () => {
  const echo = "echo $WORLD_SIZE $RANK $MASTER_ADDR $TF_CONFIG";
  const { name } = await submitPipeline(studio, "docker", {
    torch: step(echo, [], { distribution: { type: "pytorch" }, environment_variables: { RANK: "own" } }),
    flow: step(echo, [], { distribution: { type: "tensorflow" } }),
  });
  expect((await finish(studio, name)).status).toBe("Completed");
  const { torch, flow } = await readSteps(studio, name);
  expect(await readLogText(studio, torch?.runName ?? "")).toBe("1 own 127.0.0.1\n");
  expect(JSON.parse(await readLogText(studio, flow?.runName ?? ""))).toMatchObject({
    task: { type: "worker", index: 0 },
  });
}, 60_000);

it("stops or goes on after a failure, and retries in the same run", async () => {
  const jobs = {
    bad: step("exit 3"),
    after: step("true", ["bad"]),
    slow: step("sleep 1"),
    beside: step("true", ["slow"]),
  };
  const [halted, going] = await Promise.all([
    submitPipeline(studio, "docker", jobs, { continue_on_step_failure: false, force_rerun: true }),
    submitPipeline(studio, "docker", jobs, { continue_on_step_failure: true, force_rerun: true }),
  ]);
  const [first, second] = await Promise.all([finish(studio, halted.name), finish(studio, going.name)]);
  expect(first).toMatchObject({
    status: "Failed",
    steps: { bad: "Failed", after: "Canceled", beside: "Canceled" },
  });
  expect(second).toMatchObject({
    status: "Failed",
    steps: { bad: "Failed", after: "Canceled", slow: "Completed", beside: "Completed" },
  });
  const workspace = studio.workspace.name;
  const again = await studio.api.runs.retry({ workspace, run: going.name, steps: ["bad"] });
  expect(again.status).toBe("Running");
  expect((await finish(studio, going.name)).steps).toMatchObject({ bad: "Failed", after: "Canceled" });
  const { bad } = await readSteps(studio, going.name);
  expect((await studio.api.runs.get({ workspace, run: bad?.runName ?? "" })).attempts).toHaveLength(2);
}, 60_000);

it("cancels what runs and what waits", async () => {
  const jobs = { long: step("sleep 60"), next: step("true", ["long"]) };
  const { name } = await submitPipeline(studio, "docker", jobs, { force_rerun: true });
  const workspace = studio.workspace.name;
  await waitForRun(studio, name, async () => (await readSteps(studio, name)).long?.status === "Running");
  await sleep(300);
  await studio.api.runs.cancel({ workspace, run: name });
  expect(await finish(studio, name, 20_000)).toEqual({
    status: "Canceled",
    steps: { long: "Canceled", next: "Canceled" },
  });
}, 40_000);
