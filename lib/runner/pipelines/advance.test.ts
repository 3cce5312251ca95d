import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { attempts, runPorts, runs } from "#db/schema/index.ts";
import { seedComputeTargets } from "#lib/computes/seed.ts";
import { cancelRun } from "#lib/runs/commands/change-run.ts";
import { retrySteps } from "#lib/runs/commands/retry-steps.ts";
import type { RunRow } from "#lib/runs/transition.ts";
import { createTestServices, type TestServices } from "#lib/testing/services.ts";
import { createTestWorkspace, type TestWorkspace } from "#lib/testing/workspace.ts";
import { claimAttempt } from "../claim.ts";
import { endRun, type RunEnd } from "../end-attempt.ts";
import { createProviders } from "../providers.ts";
import { insertPlan, planNode } from "../testing/plans.ts";
import { WorkerPool } from "../workers/worker-pool.ts";
import { advancePipeline } from "./advance.ts";
import { Pipelines } from "./pipelines.ts";
import { PreparedSteps } from "./prepared-steps.ts";

let services: TestServices;
let workspace: TestWorkspace;
let pipelines: Pipelines;
const never = new AbortController().signal;

beforeAll(async () => {
  services = await createTestServices();
  workspace = await createTestWorkspace(services.db);
  await seedComputeTargets(services.db, workspace.id);
  pipelines = new Pipelines(services);
  await services.sql`update compute_targets set max_instances = 50`;
});

afterAll(() => services?.drop());

beforeEach(() => services.db.delete(runs));

const diamond = () => [
  planNode("a", []),
  planNode("b", ["a"]),
  planNode("c", ["a"]),
  planNode("d", ["b", "c"]),
];
const completed: RunEnd = { status: "Completed", exitCode: 0 };
const failed: RunEnd = { status: "Failed", exitCode: 1, error: { code: "USER_ERROR", message: "It broke." } };

/** Takes the next attempt as a runner does and ends it; what the step wrote follows from its name. */
async function work(end: (node: string) => RunEnd = () => completed): Promise<string | null> {
  const attempt = await claimAttempt(services, "test", new Map([["docker", 50]]));
  if (!attempt) return null;
  const [run] = await services.db.select().from(runs).where(eq(runs.id, attempt.runId));
  const provider = createProviders(services.env).get("docker");
  if (!run?.nodeName || !run.parentRunId || !provider) throw new Error("no step");
  const step = await pipelines.findStep(run);
  const workers = new WorkerPool(services, new Map(), "test");
  await services.db.update(runs).set({ status: "Running" }).where(eq(runs.id, run.id));
  await endRun(
    {
      services,
      provider,
      attempt,
      run,
      step,
      workers,
      prepared: new PreparedSteps(services, pipelines.plans, "test"),
      studioId: "test",
      lost: never,
      cancel: never,
      onEnded: () => {},
    },
    end(run.nodeName),
    {
      declared: {},
      collected: [
        {
          name: "out",
          source: { kind: "tree", digest: `tree of ${run.nodeName}` },
          fileCount: 1,
          sizeBytes: 1,
        },
      ],
    },
  );
  await pipelines.advance(run.parentRunId);
  return run.nodeName;
}

async function workAll(end?: (node: string) => RunEnd): Promise<string[]> {
  const done: string[] = [];
  for (let name = await work(end); name !== null; name = await work(end)) done.push(name);
  return done;
}

async function start(nodes = diamond(), settings = {}): Promise<RunRow> {
  const parent = await insertPlan(services, workspace, nodes, settings);
  await pipelines.sweep();
  return parent;
}

async function states(parent: RunRow): Promise<Record<string, string>> {
  const rows = await services.db.select().from(runs).where(eq(runs.parentRunId, parent.id));
  const [now] = await services.db.select().from(runs).where(eq(runs.id, parent.id));
  const all = rows.map((row) => [row.nodeName ?? "", row.reusedRunId ? "reused" : row.status]);
  return { ...Object.fromEntries(all), pipeline: now?.status ?? "" };
}

it("runs a diamond in order, hands the files on, and ends", async () => {
  const parent = await start();
  expect(await states(parent)).toMatchObject({ pipeline: "Running", a: "NotStarted" });
  const order = await workAll();
  expect([order[0], order[3], [...order].sort()]).toEqual(["a", "d", ["a", "b", "c", "d"]]);
  expect(await states(parent)).toEqual({
    a: "Completed",
    b: "Completed",
    c: "Completed",
    d: "Completed",
    pipeline: "Completed",
  });
  const [port] = await services.db
    .select()
    .from(runPorts)
    .where(and(eq(runPorts.name, "from_b")));
  expect(port?.source).toEqual({ kind: "tree", digest: "tree of b" });
});

it("takes the step first that most waits for", async () => {
  await start([planNode("short", []), planNode("long", [], { priority: 9 }), planNode("end", ["long"])]);
  expect(await work()).toBe("long");
});

it("starts nothing after a failure unless it is told to go on", async () => {
  const wide = () => [
    planNode("a", []),
    planNode("b", ["a"]),
    planNode("c", [], { priority: 0 }),
    planNode("d", ["c"]),
  ];
  const broken = (node: string) => (node === "a" ? failed : completed);
  const halted = await start(wide());
  expect(await workAll(broken)).toEqual(["a"]);
  expect(await states(halted)).toEqual({
    a: "Failed",
    b: "Canceled",
    c: "Canceled",
    d: "Canceled",
    pipeline: "Failed",
  });
  const going = await start(wide(), { continueOnStepFailure: true });
  expect(await workAll(broken)).toEqual(["a", "c", "d"]);
  expect(await states(going)).toEqual({
    a: "Failed",
    b: "Canceled",
    c: "Completed",
    d: "Completed",
    pipeline: "Failed",
  });
});

it("tries a step as often as its retries say", async () => {
  const parent = await start([planNode("a", [], { retries: 2 })]);
  let tries = 0;
  await workAll(() => (++tries === 3 ? completed : failed));
  expect(tries).toBe(3);
  expect(await states(parent)).toEqual({ a: "Completed", pipeline: "Completed" });
});

it("cancels the whole at once where nothing runs, and waits for what does", async () => {
  const parent = await start();
  await cancelRun(services.db, parent, workspace.userId);
  await pipelines.sweep();
  expect(await states(parent)).toEqual({
    a: "Canceled",
    b: "Canceled",
    c: "Canceled",
    d: "Canceled",
    pipeline: "Canceled",
  });
  const second = await start();
  const attempt = await claimAttempt(services, "other", new Map([["docker", 50]]));
  await cancelRun(services.db, second, workspace.userId);
  await pipelines.sweep();
  expect(await states(second)).toMatchObject({
    a: "CancelRequested",
    b: "Canceled",
    pipeline: "CancelRequested",
  });
  expect(attempt?.state).toBe("claimed");
});

it("leaves out a step that was canceled before it was due, and what needs it", async () => {
  const parent = await start(diamond(), { continueOnStepFailure: true });
  const rows = await services.db.select().from(runs).where(eq(runs.parentRunId, parent.id));
  const step = rows.find(({ nodeName }) => nodeName === "c");
  if (!step) throw new Error("no step");
  await cancelRun(services.db, step, workspace.userId);
  await pipelines.sweep();
  expect(await states(parent)).toMatchObject({ c: "Canceled", d: "Canceled", pipeline: "Running" });
  expect(await workAll()).toEqual(["a", "b"]);
  expect((await states(parent)).pipeline).toBe("Canceled");
});

it("reuses what is equal in one go, across pipelines, and only that", async () => {
  await start();
  await workAll();
  const again = await start();
  expect(await states(again)).toEqual({
    a: "reused",
    b: "reused",
    c: "reused",
    d: "reused",
    pipeline: "Completed",
  });
  const nodes = diamond().map((node) => (node.name === "b" ? { ...node, parameters: { trees: 5 } } : node));
  const changed = await start(nodes);
  expect(await states(changed)).toMatchObject({ a: "reused", b: "NotStarted", c: "reused", d: "NotStarted" });
  // Its output is what it was before, so what follows need not run.
  expect(await workAll()).toEqual(["b"]);
  expect(await states(changed)).toMatchObject({ d: "reused", pipeline: "Completed" });
});

it("reuses nothing that is not the same each time, was deleted, or is forced to run", async () => {
  await start();
  await workAll();
  const forced = await start(diamond(), { forceRerun: true });
  expect(await states(forced)).toMatchObject({ a: "NotStarted" });
  await workAll();
  const random = await start(diamond().map((node) => ({ ...node, isDeterministic: node.name !== "c" })));
  expect(await states(random)).toMatchObject({ a: "reused", b: "reused", c: "NotStarted" });
  await workAll();
  await services.sql`update runs set deleted_at = now()`;
  expect(await states(await start())).toMatchObject({ a: "NotStarted" });
});

it("reuses a chain of 100 steps in one go", async () => {
  const chain = () => Array.from({ length: 100 }, (_, i) => planNode(`n${i}`, i === 0 ? [] : [`n${i - 1}`]));
  await start(chain());
  await workAll();
  const parent = await insertPlan(services, workspace, chain());
  await advancePipeline(services, parent.id);
  expect((await states(parent)).pipeline).toBe("Completed");
}, 60_000);

it("gives each step one attempt, however many runners look at once", async () => {
  const parent = await insertPlan(services, workspace, diamond());
  const others = Array.from({ length: 4 }, () => new Pipelines(services));
  await Promise.all(others.map((one) => one.advance(parent.id)));
  expect(await services.db.$count(attempts)).toBe(1);
});

it("finds by itself what another runner left when it died", async () => {
  const parent = await start();
  const advance = pipelines.advance.bind(pipelines);
  pipelines.advance = async () => {};
  await work();
  pipelines.advance = advance;
  expect(await work()).toBeNull();
  await pipelines.sweep();
  expect((await workAll()).at(-1)).toBe("d");
  expect((await states(parent)).pipeline).toBe("Completed");
});

it("retries a step and what follows it, in the same run", async () => {
  const by = { userId: workspace.userId, name: "Ada" };
  const parent = await start();
  expect(await workAll((node) => (node === "c" ? failed : completed))).toContain("c");
  await retrySteps(services.db, parent, by);
  await pipelines.sweep();
  expect(await states(parent)).toMatchObject({ a: "Completed", pipeline: "Running" });
  const second = await workAll();
  expect(second).toContain("c");
  expect(second.at(-1)).toBe("d");
  expect((await states(parent)).pipeline).toBe("Completed");
  await retrySteps(services.db, parent, by, ["b"]);
  await pipelines.sweep();
  expect(await workAll()).toEqual(["b", "d"]);
  expect((await states(parent)).pipeline).toBe("Completed");
  await expect(retrySteps(services.db, parent, by, ["x"])).rejects.toMatchObject({
    code: "VALIDATION_FAILED",
  });
  await expect(retrySteps(services.db, parent, by)).rejects.toMatchObject({ code: "CONFLICT" });
});
