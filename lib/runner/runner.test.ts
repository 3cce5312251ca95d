import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runs } from "#db/schema/index.ts";
import { seedComputeTargets } from "#lib/computes/seed.ts";
import { sleep } from "#lib/core/time.ts";
import { submitRun } from "#lib/runs/commands/submit-run.ts";
import { isEnded } from "#lib/runs/state.ts";
import type { RunStatus } from "#lib/spec/statuses.ts";
import { createTestServices, type TestServices } from "#lib/testing/services.ts";
import { createTestWorkspace, type TestWorkspace } from "#lib/testing/workspace.ts";
import { type Runner, startRunner } from "./runner.ts";

let services: TestServices;
let workspace: TestWorkspace;
let runner: Runner;

beforeAll(async () => {
  services = await createTestServices();
  workspace = await createTestWorkspace(services.db);
  await seedComputeTargets(services.db, workspace.id);
  runner = await startRunner(services);
});

afterAll(async () => {
  await runner?.stop();
  await services?.drop();
});

async function waitForEnd(runId: string) {
  for (let round = 0; round < 300; round++) {
    const [row] = await services.db.select().from(runs).where(eq(runs.id, runId));
    if (row && isEnded(row.status as RunStatus)) return row;
    await sleep(100);
  }
  throw new Error("the run did not end");
}

it("runs a command in a container", async () => {
  const image = services.env.ATELIER_BASE_IMAGE;
  const run = await submitRun(
    services.db,
    workspace.id,
    { userId: workspace.userId, name: "Ada" },
    {
      spec: {
        command: "echo hello; env | sort; mkdir -p outputs; echo 1 > outputs/a.txt",
        environment: { image },
        compute: "docker",
      },
    },
  );
  const ended = await waitForEnd(run.id);
  expect(ended).toMatchObject({ status: "Completed", exitCode: 0, error: null });
  const page = await services.store.list(`${workspace.id}/`);
  console.log(page.objects);
  for (const o of page.objects) {
    const got = await services.store.get(o.key);
    console.log(o.key, Buffer.concat(await got.body.toArray()).toString());
  }
  console.log(await services.sql`select event, reason, at from run_events order by id`);
}, 60_000);
