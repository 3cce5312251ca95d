import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { attempts, runs } from "#db/schema/index.ts";
import type { PlanNode } from "#lib/pipelines/model.ts";
import { startTestStudio, type TestStudio } from "#lib/testing/studio-server.ts";
import { type Runner, startRunner } from "../runner.ts";
import { insertPlan, planNode } from "../testing/plans.ts";
import { ended, waitForRun } from "../testing/runs.ts";

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

function command(name: string, needs: string[], text: string): PlanNode {
  const node = planNode(name, needs);
  return { ...node, command: { text, codeDigest: null, environmentVariables: {}, distribution: null } };
}

it("hands files from container to container", async () => {
  const parent = await insertPlan(studio.services, studio.workspace, [
    command("make", [], "echo one > ${{outputs.out}}/a.txt"),
    command(
      "left",
      ["make"],
      "cat ${{inputs.from_make}}/a.txt > ${{outputs.out}}/b.txt; echo left >> ${{outputs.out}}/b.txt",
    ),
    command("right", ["make"], "cp ${{inputs.from_make}}/a.txt ${{outputs.out}}/"),
    command(
      "join",
      ["left", "right"],
      "cat ${{inputs.from_left}}/b.txt ${{inputs.from_right}}/a.txt | tee ${{outputs.out}}/all.txt",
    ),
  ]);
  const done = await waitForRun(studio, parent.name, ended, 50_000);
  const rows = await studio.services.db
    .select({
      name: runs.name,
      node: runs.nodeName,
      status: runs.status,
      error: runs.error,
      tries: attempts.number,
    })
    .from(runs)
    .innerJoin(attempts, eq(attempts.runId, runs.id))
    .where(eq(runs.parentRunId, parent.id))
    .orderBy(asc(attempts.createdAt));
  expect(rows.map(({ status, error }) => error ?? status)).toEqual(Array(4).fill("Completed"));
  expect(done.status).toBe("Completed");
  const join = rows.find(({ node }) => node === "join");
  const response = await studio.fetch(`/runs/${join?.name}/log`);
  expect(await response.text()).toBe("one\nleft\none\n");
}, 60_000);
