import { afterAll, beforeAll, expect, it } from "vitest";
import { computeStatus } from "#db/schema/index.ts";
import { startTestStudio, type TestStudio } from "#lib/testing/studio-server.ts";
import { resolveTarget } from "./queries.ts";

let studio: TestStudio;
let workspace: string;

beforeAll(async () => {
  studio = await startTestStudio();
  workspace = studio.workspace.name;
});

afterAll(() => studio?.close());

const report = (provider: string, available: boolean, reason = "") => {
  const set = { available, reason, cpus: 8, memoryMib: 16_384, seenAt: new Date() };
  return studio.services.db
    .insert(computeStatus)
    .values({ provider, ...set })
    .onConflictDoUpdate({ target: computeStatus.provider, set });
};

it("starts with two targets, of which nothing is known before a runner has looked", async () => {
  const { items } = await studio.api.computes.list({ workspace });
  expect(items.map(({ name, provider }) => [name, provider])).toEqual([
    ["docker", "docker"],
    ["local", "local"],
  ]);
  expect(items[0]?.availability).toMatchObject({ available: false, seenAt: null });
});

it("makes targets of compute files, those of clusters too", async () => {
  const made = await studio.api.computes.create({
    workspace,
    spec: "name: big\ntype: docker\nmax_instances: 4\ncpus: 6\nmemory: 12g\n",
  });
  expect(made).toMatchObject({ name: "big", maxInstances: 4, cpus: 6, memoryMib: 12_288 });
  const cluster = { name: "cpu-cluster", type: "amlcompute", max_instances: 2 };
  expect(await studio.api.computes.create({ workspace, spec: cluster })).toMatchObject({
    provider: "docker",
    maxInstances: 2,
  });
  await expect(studio.api.computes.create({ workspace, spec: cluster })).rejects.toMatchObject({
    status: 409,
  });
  const changed = await studio.api.computes.update({
    workspace,
    compute: "big",
    maxInstances: 1,
    memoryMib: null,
  });
  expect(changed).toMatchObject({ maxInstances: 1, memoryMib: null, cpus: 6 });
});

it("keeps a target that open runs use", async () => {
  const spec = { command: "true", environment: { image: "x" }, compute: "big" };
  const run = await studio.api.runs.submit({ workspace, spec });
  expect(await studio.api.computes.get({ workspace, compute: "big" })).toMatchObject({ queuedCount: 1 });
  await expect(studio.api.computes.delete({ workspace, compute: "big" })).rejects.toMatchObject({
    status: 409,
  });
  await studio.api.runs.cancel({ workspace, run: run.name });
  await studio.api.computes.delete({ workspace, compute: "big" });
  await expect(studio.api.computes.get({ workspace, compute: "big" })).rejects.toMatchObject({ status: 404 });
});

it("takes a target that answers where a job names none", async () => {
  const { db } = studio.services;
  const chosen = async (name?: string) => (await resolveTarget(db, studio.workspace.id, name)).target.name;
  await report("docker", true);
  await report("local", true);
  expect(await chosen()).toBe("docker");
  await report("docker", false, "Docker does not answer.");
  expect([await chosen(), await chosen("serverless"), await chosen("docker")]).toEqual([
    "local",
    "local",
    "docker",
  ]);
  const { availability } = await studio.api.computes.get({ workspace, compute: "docker" });
  expect(availability).toMatchObject({ available: false, reason: "Docker does not answer." });
});
