import { expect, it } from "vitest";
import { inTurns } from "./in-turns.ts";

const pause = () => new Promise((resolve) => setTimeout(resolve, 1));

it("does everything, a few at a time", async () => {
  let now = 0;
  let most = 0;
  const done: number[] = [];
  await inTurns(
    Array.from({ length: 30 }, (_, at) => at),
    4,
    async (item) => {
      now += 1;
      most = Math.max(most, now);
      await pause();
      now -= 1;
      done.push(item);
    },
  );
  expect(done.sort((a, b) => a - b)).toHaveLength(30);
  expect(most).toBe(4);
  await inTurns([], 4, () => Promise.reject(new Error("there is nothing to do")));
});

it("begins nothing after a failure, and tells it", async () => {
  const begun: number[] = [];
  const failing = inTurns([1, 2, 3, 4, 5, 6], 2, async (item) => {
    begun.push(item);
    await pause();
    if (item === 2) throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  await pause();
  expect(begun.length).toBeLessThan(6);
});
