import { afterEach, expect, it } from "vitest";
import { attempts, computeStatus } from "#db/schema/index.ts";
import { startTestStudio, type TestStudio } from "#lib/testing/studio-server.ts";
import { removeOrphans } from "./clean-up.ts";
import { runLabel, studioLabel } from "./labels.ts";
import { createProviders } from "./providers.ts";
import { type Runner, startRunner } from "./runner.ts";
import { bareEnvironments, ended, submit, waitForRun } from "./testing/runs.ts";
import { provideUv } from "./testing/uv.ts";

let studio: TestStudio | undefined;
let runner: Runner | undefined;

afterEach(async () => {
  await runner?.stop();
  await studio?.close();
  runner = undefined;
  studio = undefined;
});

it("works without Docker: says why containers wait, runs processes all the same", async () => {
  studio = await startTestStudio({ DOCKER_HOST: "unix:///nowhere/docker.sock" });
  studio.services.logger.level = "error";
  await provideUv(studio.services.env.home);
  runner = await startRunner(studio.services);
  const workspace = studio.workspace.name;
  const { items } = await studio.api.computes.list({ workspace });
  expect(items).toMatchObject([
    { name: "docker", availability: { available: false } },
    { name: "local", availability: { available: true } },
  ]);
  const reason = items[0]?.availability.reason ?? "";
  expect(reason).toMatch(/Docker/);
  const waiting = await submit(studio, "docker", "true");
  await waitForRun(studio, waiting.name, (run) => run.status === "Queued");
  const { items: history } = await studio.api.runs.events({ workspace, run: waiting.name });
  expect(history.at(-1)).toMatchObject({ event: "Queued", reason: `docker is not available: ${reason}` });
  const spec = { command: "echo here", environment: bareEnvironments.local };
  const local = await studio.api.runs.submit({ workspace, spec });
  expect(local.compute).toBe("local");
  expect(await waitForRun(studio, local.name, ended)).toMatchObject({ status: "Completed" });
  await studio.api.runs.cancel({ workspace, run: waiting.name });
  expect(await waitForRun(studio, waiting.name, ended)).toMatchObject({ status: "Canceled" });
  expect(await studio.services.db.$count(computeStatus)).toBe(2);
}, 300_000);

it("removes what a dead owner left of an attempt that has ended, and nothing else", async () => {
  studio = await startTestStudio();
  const { services } = studio;
  const providers = createProviders(services.env);
  const docker = providers.get("docker");
  if (!docker) throw new Error("no provider");
  const studioId = `test-${studio.workspace.id}`;
  const run = await submit(studio, "docker", "true");
  const [live] = await services.db.select().from(attempts);
  const ids = [live?.id ?? "", `${live?.id}-gone`];
  for (const attemptId of ids) {
    await docker.launch(
      {
        attemptId,
        environment: { kind: "image", image: services.env.ATELIER_BASE_IMAGE },
        argv: ["/bin/sh", "-c", "sleep 300"],
        env: {},
      },
      { [studioLabel]: studioId, [runLabel]: run.name },
    );
  }
  const mine = async () =>
    (await docker.list({ [studioLabel]: studioId })).map((item) => item.labels["atelier.attempt"]);
  try {
    expect(await removeOrphans(services, providers, studioId)).toBe(1);
    expect(await mine()).toEqual([ids[0]]);
    await services.db.update(attempts).set({ state: "ended", endedAt: new Date(Date.now() - 60_000) });
    expect(await removeOrphans(services, providers, studioId)).toBe(1);
    expect(await mine()).toEqual([]);
  } finally {
    for (const item of await docker.list({ [studioLabel]: studioId })) await docker.remove(item.handle);
  }
}, 60_000);
