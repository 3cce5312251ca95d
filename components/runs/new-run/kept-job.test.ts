import { expect, it } from "vitest";
import { findKeptJob, keepJob, keptJobKey } from "./kept-job.ts";

function storage(limit = Number.POSITIVE_INFINITY) {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (value.length > limit) throw new DOMException("full", "QuotaExceededError");
      kept.set(key, value);
    },
    removeItem: (key: string) => void kept.delete(key),
  };
}

const job = { text: "command: python train.py\n", code: { digest: "d1", fileCount: 2, sizeBytes: 9 } };

it("keeps a job by its workspace and what it began with, and forgets it", () => {
  const tab = storage();
  const key = keptJobKey("growth", ["keen_plum", "", ""]);
  keepJob(tab, key, job);
  expect(findKeptJob(tab, key)).toEqual(job);
  expect(findKeptJob(tab, keptJobKey("growth", ["", "", ""]))).toBeNull();
  expect(findKeptJob(tab, keptJobKey("other", ["keen_plum", "", ""]))).toBeNull();
  keepJob(tab, key, null);
  expect(findKeptJob(tab, key)).toBeNull();
});

it("takes nothing that it did not write, and goes on where nothing can be kept", () => {
  const tab = storage(5);
  keepJob(tab, "new-run x", job);
  expect(findKeptJob(tab, "new-run x")).toBeNull();
  for (const text of ["{", "null", '{"text":1}', '"text"'])
    expect(findKeptJob({ getItem: () => text }, "k")).toBeNull();
});
