import { describe, expect, it } from "vitest";
import { fromMlflowStatus, isRunStatus, isTerminal, runStatuses, toMlflowStatus } from "./statuses.ts";

describe("statuses", () => {
  it("end with three words, and with two that other servers send", () => {
    expect(runStatuses.filter(isTerminal)).toEqual(["Completed", "Failed", "Canceled"]);
    expect(["NotResponding", "Paused", "Running", "Nonsense"].map(isTerminal)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it("have a word of MLflow each, and the ends come back as they went", () => {
    expect(runStatuses.map(toMlflowStatus)).toEqual([
      ...Array(5).fill("SCHEDULED"),
      ...Array(3).fill("RUNNING"),
      "FINISHED",
      "FAILED",
      "KILLED",
    ]);
    for (const status of ["Running", "Completed", "Failed", "Canceled"] as const) {
      expect(fromMlflowStatus(toMlflowStatus(status))).toBe(status);
    }
    expect([isRunStatus("Running"), isRunStatus("running")]).toEqual([true, false]);
  });
});
