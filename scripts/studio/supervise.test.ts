import { type ChildProcess, spawn } from "node:child_process";
import { expect, it, vi } from "vitest";
import { findMark, isAlive, type ProcessMark } from "../services/processes.ts";
import { supervise } from "./supervise.ts";

function sleeper(): ChildProcess {
  return spawn("sleep", ["60"], { stdio: "ignore" });
}

it("starts a part again when it dies, says so, and lets it end when asked", async () => {
  const marks: ProcessMark[] = [];
  const said: string[] = [];
  const part = await supervise(
    { name: "sleeper", start: async () => sleeper(), stopSignal: "SIGTERM", graceMs: 2_000 },
    { say: (message) => said.push(message), remember: (_name, mark) => marks.push(mark) },
  );
  expect(marks).toHaveLength(1);
  process.kill(marks[0]?.pid ?? 0, "SIGKILL");
  await vi.waitFor(() => expect(marks).toHaveLength(2), { timeout: 5_000 });
  expect(said).toEqual(["sleeper was ended by SIGKILL; starting it again in 1 s"]);
  const second = marks[1];
  if (!second) throw new Error("no second process");
  expect(isAlive(second)).toBe(true);
  await part.stop();
  expect(isAlive(second)).toBe(false);
  expect(findMark(second.pid)).toBeNull();
  expect(said).toHaveLength(1);
});

it("does not start it again when it is stopped during a pause", async () => {
  let starts = 0;
  const part = await supervise(
    {
      name: "short",
      start: async () => {
        starts++;
        return spawn("false", [], { stdio: "ignore" });
      },
      stopSignal: "SIGTERM",
      graceMs: 2_000,
    },
    { say: () => {}, remember: () => {} },
  );
  await new Promise((resolve) => setTimeout(resolve, 200));
  await part.stop();
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  expect(starts).toBe(1);
});

it("fails when the first start fails", async () => {
  const start = () => Promise.reject(new Error("no such program"));
  const launch = supervise(
    { name: "x", start, stopSignal: "SIGTERM", graceMs: 1 },
    { say: () => {}, remember: () => {} },
  );
  await expect(launch).rejects.toThrow("no such program");
});
