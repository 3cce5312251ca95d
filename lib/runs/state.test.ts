import { describe, expect, it } from "vitest";
import { runStatuses } from "#lib/spec/statuses.ts";
import { canMove, isEnded, openStatuses, statusesBefore, terminalStatuses } from "./state.ts";

describe("the life of a run", () => {
  it("goes from the first status to an end, whatever the order of waiting and preparing", () => {
    const paths = [
      ["NotStarted", "Queued", "Preparing", "Running", "Finalizing", "Completed"],
      ["NotStarted", "Preparing", "Queued", "Preparing", "Running", "Finalizing", "Failed"],
      ["NotStarted", "Starting", "Provisioning", "Preparing", "Running", "CancelRequested", "Canceled"],
    ] as const;
    for (const path of paths) {
      for (const [index, status] of path.slice(1).entries())
        expect(canMove(path[index] ?? status, status)).toBe(true);
    }
  });

  it("never leaves an end", () => {
    for (const from of terminalStatuses) for (const to of runStatuses) expect(canMove(from, to)).toBe(false);
    expect(runStatuses.filter(isEnded)).toEqual([...terminalStatuses]);
  });

  it("lets every open run fail, be canceled, or be asked to end", () => {
    for (const from of openStatuses) {
      expect(canMove(from, "Failed")).toBe(true);
      expect(canMove(from, "Canceled")).toBe(true);
      expect(canMove(from, "CancelRequested")).toBe(from !== "CancelRequested");
    }
  });

  it("does not go back to running once it is to be canceled, nor complete without having run", () => {
    expect(canMove("CancelRequested", "Running")).toBe(false);
    expect(canMove("CancelRequested", "Queued")).toBe(false);
    expect(canMove("Preparing", "Completed")).toBe(false);
    expect(statusesBefore("Completed")).toEqual(["Running", "Finalizing", "CancelRequested"]);
  });
});
