import { expect, it } from "vitest";
import type { NodeState } from "../run/node-state.ts";
import { findLook, findTone, worstFaults } from "./node-tone.ts";

const state = (kind: NodeState["kind"], edited = false) => ({ kind, edited }) as NodeState;
const fault = (node: string, severity: "error" | "warning", message = "") => ({
  node,
  severity,
  message,
  path: "",
});

it("shows a fault unless something is under way that may take it away", () => {
  const broken = fault("a", "error");
  expect(findTone({ state: undefined, fault: broken })).toBe("failed");
  expect(findTone({ state: state("running"), fault: broken })).toBe("running");
  expect(findTone({ state: state("queued"), fault: broken })).toBe("waiting");
  expect(findTone({ state: state("completed"), fault: fault("a", "warning") })).toBe("plain");
  expect(findTone({ state: state("failed"), fault: undefined, differs: "changed" })).toBe("changed");
});

it("says of a line whether data is there, waited for, or being read", () => {
  const states = new Map([
    ["done", state("completed")],
    ["old", state("completed", true)],
    ["now", state("running")],
  ]);
  expect(findLook("inputs.table", "new", states)).toBe("ready");
  expect(findLook("done", "new", states)).toBe("ready");
  expect(findLook("old", "new", states)).toBe("waiting");
  expect(findLook("done", "now", states)).toBe("running");
});

it("keeps the worst fault of each node, the first of equals", () => {
  const worst = worstFaults([
    fault("a", "warning", "first"),
    fault("a", "error", "second"),
    fault("a", "error", "third"),
    fault("b", "warning", "fourth"),
  ]);
  expect([...worst].map(([node, { message }]) => [node, message])).toEqual([
    ["a", "second"],
    ["b", "fourth"],
  ]);
});
