import { expect, it } from "vitest";
import type { RunStatus } from "#lib/spec/statuses.ts";
import { decide, type StepView } from "./decide.ts";

const graph: Record<string, string[]> = { a: [], b: ["a"], c: ["a"], d: ["b", "c"] };

function look(
  steps: Record<string, RunStatus | [RunStatus, StepView["attempt"]]>,
  options: { goOn?: boolean; cancel?: boolean; graph?: Record<string, string[]>; last?: string } = {},
) {
  const needs = options.graph ?? graph;
  const views = Object.keys(needs).map((name): [string, StepView] => {
    const given = steps[name] ?? "NotStarted";
    const [status, attempt] = typeof given === "string" ? [given, null] : given;
    return [name, { status, attempt }];
  });
  return decide({
    plan: {
      nodes: Object.entries(needs).map(([name, list]) => ({ name, needs: list })),
      settings: {
        continueOnStepFailure: options.goOn ?? false,
        ...(options.last === undefined ? {} : { onFinalize: options.last }),
      },
    },
    cancelRequested: options.cancel ?? false,
    steps: new Map(views),
  });
}

it("starts what needs nothing, then what has everything", () => {
  expect(look({}).ready).toEqual(["a"]);
  expect(look({ a: ["Running", "claimed"] }).ready).toEqual([]);
  expect(look({ a: "Completed" }).ready).toEqual(["b", "c"]);
  expect(look({ a: "Completed", b: "Completed", c: ["NotStarted", "queued"] }).ready).toEqual([]);
  expect(look({ a: "Completed", b: "Completed", c: "Completed" }).ready).toEqual(["d"]);
});

it("ends when every step has ended", () => {
  const all = { a: "Completed", b: "Completed", c: "Completed", d: "Completed" } as const;
  expect(look(all).end).toEqual({ status: "Completed", culprit: null });
  expect(look({ ...all, d: ["Finalizing", "claimed"] }).end).toBeNull();
});

it("drops what waits after a failure, and lets what runs come to its end", () => {
  const now = look({ a: "Completed", b: "Failed", c: ["Running", "claimed"] });
  expect(now.dropped.map(({ name }) => name)).toEqual(["d"]);
  expect(now).toMatchObject({ ready: [], stop: [], end: null });
  const queued = look({ a: "Completed", b: "Failed", c: ["Queued", "queued"] });
  expect(queued.dropped.map(({ name }) => name)).toEqual(["c", "d"]);
  expect(queued.end).toEqual({ status: "Failed", culprit: "b" });
});

it("goes on beside a failure when it is told to, and fails all the same", () => {
  const wide = { a: [], b: ["a"], c: [], d: ["c"], e: ["b", "d"] };
  const now = look({ a: "Failed" }, { goOn: true, graph: wide });
  expect(now.ready).toEqual(["c"]);
  expect(now.dropped).toEqual([
    { name: "b", reason: "Not run, since it needs “a”." },
    { name: "e", reason: "Not run, since it needs “a”." },
  ]);
  const after = look(
    { a: "Failed", b: "Canceled", c: "Completed", d: "Completed", e: "Canceled" },
    { goOn: true, graph: wide },
  );
  expect(after.end).toEqual({ status: "Failed", culprit: "a" });
});

it("cancels what waits, stops what runs, and waits for it", () => {
  const now = look({ a: "Completed", b: ["Running", "claimed"], c: ["Queued", "queued"] }, { cancel: true });
  expect(now.dropped.map(({ name }) => name)).toEqual(["c", "d"]);
  expect(now).toMatchObject({ ready: [], stop: ["b"], end: null });
  const end = look({ a: "Completed", b: "Canceled", c: "Canceled", d: "Canceled" }, { cancel: true }).end;
  expect(end).toEqual({ status: "Canceled", culprit: null });
});

it("decides a thousand steps at once", () => {
  const chain = Object.fromEntries(
    Array.from({ length: 1000 }, (_, i) => [`n${i}`, i === 0 ? [] : [`n${i - 1}`]]),
  );
  expect(look({ n0: "Failed" }, { graph: chain, goOn: true }).dropped).toHaveLength(999);
});

it("starts the last step when all others have ended, however they did, and not after a request to cancel", () => {
  const options = { graph: { a: [], b: ["a"], z: ["a", "b"] }, last: "z" };
  expect(look({ a: "Completed" }, options)).toMatchObject({ ready: ["b"], end: null });
  expect(look({ a: "Completed", b: ["Running", "claimed"] }, options).ready).toEqual([]);
  const failed = look({ a: "Failed" }, options);
  expect([failed.dropped.map(({ name }) => name), failed.ready, failed.end]).toEqual([["b"], ["z"], null]);
  const ended = { a: "Failed", b: "Canceled" } as const;
  expect(look({ ...ended, z: ["Running", "claimed"] }, options)).toMatchObject({ ready: [], end: null });
  expect(look({ ...ended, z: "Completed" }, options).end).toEqual({ status: "Failed", culprit: "a" });
  expect(look({ a: "Completed", b: "Completed", z: "Failed" }, options).end).toEqual({
    status: "Failed",
    culprit: "z",
  });
  const canceled = look({ a: "Completed", b: "Canceled" }, { ...options, cancel: true });
  expect([canceled.dropped.map(({ name }) => name), canceled.ready]).toEqual([["z"], []]);
});
