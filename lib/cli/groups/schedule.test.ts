import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { signIn, startTestCli, type TestCli } from "../testing/cli.ts";

let cli: TestCli;

beforeAll(async () => {
  cli = await startTestCli();
  await signIn(cli);
  await mkdir(join(cli.folder, "nightly", "src"), { recursive: true });
  const files = {
    "src/main.py": "print('night')\n",
    "pipeline.yml":
      "type: pipeline\ninputs: {rate: 0.1}\njobs:\n  one:\n    component: ./one.yml\n    inputs: {rate: '${{parent.inputs.rate}}'}\n",
    "one.yml":
      "name: one\nversion: 1\ncode: src\ninputs: {rate: {type: number}}\nenvironment: {image: x}\ncommand: python main.py ${{inputs.rate}}\n",
    "schedule.yml":
      "name: nightly\ntrigger: {type: recurrence, frequency: day, interval: 1, schedule: {hours: 3, minutes: 0}, time_zone: UTC}\ncreate_job:\n  type: pipeline\n  job: ./pipeline.yml\n  inputs: {rate: 0.2}\n",
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(cli.folder, "nightly", name), text);
}, 120_000);

afterAll(() => cli?.close());

it("a schedule is made from files, listed, started by hand, put to rest and deleted", async () => {
  const made = await cli.run("schedule create -f nightly/schedule.yml");
  expect(made.stderr).toBe("Code src: 1 file, 15 bytes, 1 new\n");
  const shown = JSON.parse(made.stdout) as Record<string, unknown>;
  expect(shown).toMatchObject({
    name: "nightly",
    is_enabled: true,
    create_job: { type: "pipeline", inputs: { rate: 0.2 }, experiment_name: "nightly" },
  });
  expect(String(shown.next_run_time)).toMatch(/T03:00:00\.000Z$/);
  expect(await cli.json("schedule list")).toMatchObject([{ name: "nightly" }]);
  const started = await cli.json("schedule trigger -n nightly");
  expect(await cli.json(`job show -n ${started.job_name}`)).toMatchObject({
    type: "pipeline",
    inputs: { rate: 0.2 },
  });
  expect(await cli.json("schedule disable -n nightly")).toMatchObject({
    is_enabled: false,
    next_run_time: null,
  });
  expect(await cli.json("schedule list")).toEqual([]);
  expect(await cli.json("schedule list --disabled-only")).toMatchObject([{ name: "nightly" }]);
  expect((await cli.run("schedule delete -n nightly --yes")).code).toBe(0);
  expect((await cli.run("schedule show -n nightly")).code).toBe(3);
}, 180_000);
