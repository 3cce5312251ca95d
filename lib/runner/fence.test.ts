import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { attempts, logChunks, runEvents, runs } from "#db/schema/index.ts";
import { seedComputeTargets } from "#lib/computes/seed.ts";
import { cancelRun } from "#lib/runs/commands/change-run.ts";
import { submitRun } from "#lib/runs/commands/submit-run.ts";
import { readChunks } from "#lib/runs/log/chunks.ts";
import { moveRun, type RunRow } from "#lib/runs/transition.ts";
import { createTestServices, type TestServices } from "#lib/testing/services.ts";
import { createTestWorkspace, type TestWorkspace } from "#lib/testing/workspace.ts";
import { claimAttempt } from "./claim.ts";
import { endRun, retryRun } from "./end-attempt.ts";
import { type AttemptRow, type HeldAttempt, LeaseLost, writeHeld } from "./held-attempt.ts";
import { LogShipper } from "./log-shipper.ts";
import { PlanCache } from "./pipelines/plan-cache.ts";
import { PreparedSteps } from "./pipelines/prepared-steps.ts";
import { createProviders } from "./providers.ts";
import { WorkerPool } from "./workers/worker-pool.ts";

let services: TestServices;
let workspace: TestWorkspace;
let run: RunRow;
const docker = new Map([["docker", 8]]);

beforeAll(async () => {
  services = await createTestServices();
  workspace = await createTestWorkspace(services.db);
  await seedComputeTargets(services.db, workspace.id);
});

afterAll(() => services?.drop());

beforeEach(async () => {
  await services.db.delete(runs);
  run = await submit();
});

function submit(): Promise<RunRow> {
  const spec = { command: "true", environment: { image: "x" }, compute: "docker" };
  return submitRun(services.db, workspace.id, { userId: workspace.userId, name: "Ada" }, { spec });
}

function hold(attempt: AttemptRow): HeldAttempt {
  const provider = createProviders(services.env).get("docker");
  if (!provider) throw new Error("no provider");
  const never = new AbortController().signal;
  const workers = new WorkerPool(services, new Map(), "test");
  return {
    services,
    provider,
    attempt,
    run,
    step: null,
    workers,
    prepared: new PreparedSteps(services, new PlanCache(), "test"),
    studioId: "test",
    lost: never,
    cancel: never,
    onEnded: () => {},
  };
}

async function claim(owner: string): Promise<AttemptRow> {
  const attempt = await claimAttempt(services, owner, docker);
  if (!attempt) throw new Error("nothing to claim");
  return attempt;
}

const expire = () => services.db.update(attempts).set({ leaseExpiresAt: sql`now() - interval '1 second'` });

it("gives an attempt to one of many that ask at once, and to the next when its lease ends", async () => {
  const claims = await Promise.all(
    Array.from({ length: 8 }, (_, i) => claimAttempt(services, `r${i}`, docker)),
  );
  expect(claims.filter(Boolean)).toHaveLength(1);
  await expire();
  expect((await claim("next")).fence).toBe((claims.find(Boolean)?.fence ?? 0) + 1);
});

it("holds the slots of a target and of a provider, however many ask", async () => {
  for (let i = 0; i < 5; i++) await submit();
  const ask = (capacity: number) =>
    Promise.all(
      Array.from({ length: 6 }, (_, i) => claimAttempt(services, `r${i}`, new Map([["docker", capacity]]))),
    );
  expect((await ask(1)).filter(Boolean)).toHaveLength(1);
  expect((await ask(9)).filter(Boolean)).toHaveLength(1);
  expect(await claimAttempt(services, "r", new Map([["local", 5]]))).toBeNull();
});

it("changes no row for a stale owner: not the log, not the status, not the end", async () => {
  const stale = hold(await claim("first"));
  await expire();
  const held = hold(await claim("second"));
  await new LogShipper(held, 0).write(Buffer.from("ours"));
  const shipper = new LogShipper(held, 0);
  await shipper.write(Buffer.from("abc"));
  await shipper.flush();
  const before = await snapshot();
  const late = new LogShipper(stale, 3);
  await late.write(Buffer.from("stale"));
  await expect(late.flush()).rejects.toBeInstanceOf(LeaseLost);
  await expect(writeHeld(stale, (tx) => moveRun(tx, run.id, { to: "Running" }))).rejects.toBeInstanceOf(
    LeaseLost,
  );
  await expect(endRun(stale, { status: "Completed", exitCode: 0 }, null)).rejects.toBeInstanceOf(LeaseLost);
  await expect(retryRun(stale, "gone")).rejects.toBeInstanceOf(LeaseLost);
  expect(await snapshot()).toEqual(before);
});

it("never leaves a hole or a double in the log, also for two that write with one fence", async () => {
  const held = hold(await claim("first"));
  const [a, b] = [new LogShipper(held, 0), new LogShipper(held, 0)];
  await a.write(Buffer.from("one "));
  await a.flush();
  await b.write(Buffer.from("ONE "));
  await expect(b.flush()).rejects.toBeInstanceOf(LeaseLost);
  await a.write(Buffer.from("two"));
  await a.flush();
  const parts: Buffer[] = [];
  for await (const chunk of readChunks(services.db, held.attempt.id)) parts.push(chunk.content);
  expect(Buffer.concat(parts).toString()).toBe("one two");
});

it("tries three times, waits in between, and then says why", async () => {
  for (const number of [1, 2, 3]) {
    await services.db.update(attempts).set({ notBefore: null });
    const attempt = await claim(`r${number}`);
    expect(attempt.number).toBe(number);
    await retryRun(hold(attempt), "the engine went away");
    if (number < 3) expect(await claimAttempt(services, "early", docker)).toBeNull();
  }
  const [row] = await services.db.select().from(runs).where(eq(runs.id, run.id));
  expect(row).toMatchObject({ status: "Failed", error: { code: "STUDIO_FAILED" } });
  expect(row?.error?.message).toContain("the engine went away");
});

it("cancels a waiting run at once, and no runner takes it", async () => {
  await cancelRun(services.db, run, workspace.userId);
  const [row] = await services.db.select().from(runs).where(eq(runs.id, run.id));
  expect(row).toMatchObject({ status: "Canceled", canceledBy: workspace.userId });
  expect(await claimAttempt(services, "late", docker)).toBeNull();
  await expect(cancelRun(services.db, run, workspace.userId)).rejects.toMatchObject({ code: "CONFLICT" });
});

it("does not try again what is to be canceled", async () => {
  const attempt = await claim("first");
  await cancelRun(services.db, run, workspace.userId);
  await retryRun(hold(attempt), "lost");
  const [row] = await services.db.select().from(runs).where(eq(runs.id, run.id));
  expect(row?.status).toBe("Canceled");
});

async function snapshot() {
  return {
    attempts: await services.db.select().from(attempts),
    runs: await services.db.select().from(runs),
    events: await services.db.select().from(runEvents),
    chunks: await services.db.select().from(logChunks),
  };
}
