import { expect, it } from "vitest";
import type { RunEvent } from "./model.ts";
import { phasesOf } from "./phases.ts";

let id = 0;
const event = (at: number, name: string, reason = "", data: Record<string, unknown> = {}): RunEvent => ({
  id: ++id,
  event: name,
  reason,
  data,
  attempt: 1,
  at,
});

const short = (events: RunEvent[]) =>
  phasesOf(events).map(({ name, state, startedAt, endedAt }) => [name, state, startedAt, endedAt]);

it("tells how far a run is", () => {
  const events = [
    event(0, "NotStarted"),
    event(1, "Queued", "Waiting for a slot on docker"),
    event(5, "Preparing"),
    event(6, "note", "image cached"),
    event(9, "Running"),
  ];
  expect(short(events)).toEqual([
    ["Queued", "done", 0, 5],
    ["Preparing", "done", 5, 9],
    ["Running", "current", 9, null],
    ["Finalizing", "waiting", null, null],
  ]);
  expect(phasesOf(events).map((phase) => phase.note)).toEqual([
    "Waiting for a slot on docker",
    "image cached",
    "",
    "",
  ]);
});

it("blames the phase that failed, not the one in which the outputs were saved", () => {
  const events = [
    event(0, "NotStarted"),
    event(1, "Preparing"),
    event(2, "Running"),
    event(8, "Finalizing"),
    event(9, "Failed", "exit code 1", { phase: "Running" }),
  ];
  expect(short(events)).toEqual([
    ["Queued", "done", 0, 1],
    ["Preparing", "done", 1, 2],
    ["Running", "failed", 2, 8],
    ["Finalizing", "done", 8, 9],
  ]);
});

it("skips what a canceled run never came to", () => {
  const events = [event(0, "NotStarted"), event(4, "Canceled")];
  expect(short(events)).toEqual([
    ["Queued", "canceled", 0, 4],
    ["Preparing", "skipped", null, null],
    ["Running", "skipped", null, null],
    ["Finalizing", "skipped", null, null],
  ]);
});

it("starts anew when a try was lost", () => {
  const events = [
    event(0, "NotStarted"),
    event(1, "Preparing"),
    event(2, "Running"),
    event(5, "Queued", "Try 1 was lost"),
    event(9, "Preparing"),
  ];
  expect(short(events)).toEqual([
    ["Queued", "done", 5, 9],
    ["Preparing", "current", 9, null],
    ["Running", "waiting", null, null],
    ["Finalizing", "waiting", null, null],
  ]);
});
