import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { runs, schedules } from "#db/schema/index.ts";
import { createServices } from "#lib/services/services.ts";
import { startTestStudio, type TestStudio } from "#lib/testing/studio-server.ts";
import { fireDueSchedules } from "./fire.ts";

let studio: TestStudio;
let workspace: string;

beforeAll(async () => {
  studio = await startTestStudio();
  workspace = studio.workspace.name;
}, 60_000);

afterAll(() => studio?.close());

beforeEach(async () => {
  await studio.services.db.delete(schedules);
  await studio.services.db.delete(runs);
});

const pipeline = {
  type: "pipeline",
  inputs: { at: "${{creation_context.trigger_time}}", rate: 0.5 },
  jobs: {
    say: {
      command: "echo ${{inputs.at}} ${{inputs.rate}}",
      environment: { image: "atelier-base:bookworm" },
      inputs: { at: "${{parent.inputs.at}}", rate: "${{parent.inputs.rate}}" },
    },
  },
};

const nightly = {
  name: "nightly",
  trigger: { type: "cron", expression: "0 3 * * *", time_zone: "Europe/Berlin" },
  create_job: { type: "pipeline", job: pipeline, inputs: { rate: 0.75 }, tags: { by: "clock" } },
};

const due = new Date("2026-03-01T02:00:00Z");

/** As if the time had come. */
async function comeDue(name: string): Promise<void> {
  await studio.services.db.update(schedules).set({ nextAt: due }).where(eq(schedules.name, name));
}

const parents = async () =>
  (await studio.services.db.select().from(runs).orderBy(asc(runs.createdAt))).filter(
    ({ parentRunId }) => parentRunId === null,
  );

describe("a schedule", () => {
  it("is made with its job, changed by what stands beside it", async () => {
    const made = await studio.api.schedules.create({ workspace, spec: nightly });
    expect(made).toMatchObject({
      name: "nightly",
      enabled: true,
      lastRunName: null,
      job: { type: "pipeline", inputs: { rate: 0.75 }, tags: { by: "clock" }, experiment_name: "nightly" },
    });
    expect(new Date(made.nextAt ?? 0).getTime()).toBeGreaterThan(Date.now());
    expect([1, 2]).toContain(new Date(made.nextAt ?? 0).getUTCHours());
    const again = await studio.api.schedules.create({
      workspace,
      spec: { ...nightly, description: "at night" },
    });
    expect(again.description).toBe("at night");
    expect((await studio.api.schedules.list({ workspace })).items.length).toBe(1);
  });

  it("starts its job when its time has come, and knows the next time", async () => {
    await studio.api.schedules.create({ workspace, spec: nightly });
    expect(await fireDueSchedules(studio.services.db)).toEqual([]);
    await comeDue("nightly");
    expect(await fireDueSchedules(studio.services.db)).toEqual(["nightly-20260301T020000Z"]);
    const run = await studio.api.runs.get({ workspace, run: "nightly-20260301T020000Z" });
    expect(run).toMatchObject({
      type: "pipeline",
      experimentName: "nightly",
      tags: { by: "clock" },
      createdBy: { name: "Ada" },
    });
    expect(run.inputs).toMatchObject([
      { name: "at", value: "2026-03-01T02:00:00.000Z" },
      { name: "rate", value: "0.75" },
    ]);
    const after = await studio.api.schedules.get({ workspace, schedule: "nightly" });
    expect(after).toMatchObject({ lastRunName: run.name, lastError: null, lastAt: due.getTime() });
    expect(after.nextAt ?? 0).toBeGreaterThan(Date.now());
  });

  it("fires each time once, however many runners look at it", async () => {
    const names = Array.from({ length: 12 }, (_, index) => `s${index}`);
    for (const name of names) {
      await studio.api.schedules.create({ workspace, spec: { ...nightly, name } });
      await comeDue(name);
    }
    const { env } = studio.services;
    const others = [1, 2].map(() => createServices({ name: "other", env, maxConnections: 5 }));
    try {
      const fired = await Promise.all(
        [studio.services, ...others, ...others].map(({ db }) => fireDueSchedules(db)),
      );
      expect(fired.flat().sort()).toEqual(names.map((name) => `${name}-20260301T020000Z`).sort());
      expect((await parents()).length).toBe(12);
    } finally {
      for (const services of others) await services.close();
    }
  });

  it("says why its job could not be sent, and goes on", async () => {
    await studio.api.schedules.create({ workspace, spec: nightly });
    await studio.services.db
      .update(schedules)
      .set({ job: { ...pipeline, jobs: { say: { component: "azureml:gone:1" } } } });
    await comeDue("nightly");
    expect(await fireDueSchedules(studio.services.db)).toEqual([]);
    const after = await studio.api.schedules.get({ workspace, schedule: "nightly" });
    expect(after.lastError).toContain("There is no component “gone”");
    expect(after.nextAt ?? 0).toBeGreaterThan(Date.now());
    expect(await parents()).toEqual([]);
  });

  it("rests while it is disabled, is started by hand, and is deleted only then", async () => {
    await studio.api.schedules.create({ workspace, spec: nightly });
    const one = { workspace, schedule: "nightly" };
    await expect(studio.api.schedules.delete(one)).rejects.toThrow("Disable it");
    const { run } = await studio.api.schedules.trigger(one);
    expect(run).toMatch(/^nightly-\d{8}T\d{6}Z$/);
    expect(await studio.api.schedules.disable(one)).toMatchObject({ enabled: false, nextAt: null });
    await comeDue("nightly");
    expect(await fireDueSchedules(studio.services.db)).toEqual([]);
    expect((await studio.api.schedules.list({ workspace })).items).toEqual([]);
    expect((await studio.api.schedules.enable(one)).nextAt ?? 0).toBeGreaterThan(Date.now());
    await studio.api.schedules.disable(one);
    await studio.api.schedules.delete(one);
    await expect(studio.api.schedules.get(one)).rejects.toThrow("Schedule “nightly”");
  });

  it("can repeat the job of a run, and refuses one that cannot be sent", async () => {
    const first = await studio.api.runs.submit({
      workspace,
      spec: { command: "echo hi", environment: { image: "x" } },
    });
    const spec = {
      name: "hourly",
      trigger: { type: "recurrence", frequency: "hour", interval: 1 },
      create_job: `azureml:${first.name}`,
    };
    expect((await studio.api.schedules.create({ workspace, spec })).job).toMatchObject({
      command: "echo hi",
    });
    const broken = {
      ...nightly,
      create_job: { type: "pipeline", jobs: { a: { component: "azureml:gone:1" } } },
    };
    await expect(studio.api.schedules.create({ workspace, spec: broken })).rejects.toThrow(
      "There is no component “gone”",
    );
    await expect(
      studio.api.schedules.create({ workspace, spec: { ...nightly, create_job: "azureml:nobody" } }),
    ).rejects.toThrow("There is no job “nobody”");
  });
});
