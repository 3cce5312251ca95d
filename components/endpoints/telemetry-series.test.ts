import { expect, it } from "vitest";
import type { Telemetry } from "#lib/endpoints/model.ts";
import { errorSeries, latencySeries, requestSeries, totalsOf, withRemoved } from "./telemetry-series.ts";
import { looksOf } from "./traffic-split.ts";

const minute = 60_000;
const telemetry: Telemetry = {
  stepMs: minute,
  from: 10 * minute - 1,
  to: 13 * minute,
  series: [
    { deployment: "", requests: 2, errors: 2, p50Ms: 1, p95Ms: 1, points: [] },
    {
      deployment: "blue",
      requests: 180,
      errors: 9,
      p50Ms: 10,
      p95Ms: 30,
      points: [
        { at: 10 * minute, requests: 120, errors: 6, p50Ms: 10, p95Ms: 20 },
        { at: 12 * minute, requests: 60, errors: 3, p50Ms: 12, p95Ms: 40 },
      ],
    },
  ],
};

it("fills minutes without a request", () => {
  const looks = new Map([["blue", 2]]);
  const [requests] = requestSeries(telemetry, looks);
  expect(requests).toMatchObject({
    id: "blue",
    look: 2,
    x: [10 * minute, 11 * minute, 12 * minute],
    y: [2, 0, 1],
  });
  expect(latencySeries(telemetry, looks)[0]?.y).toEqual([20, null, 40]);
  expect(errorSeries(telemetry, looks)[0]?.y).toEqual([5, 0, 5]);
});

it("sums over the deployments, those that could not be reached too", () => {
  expect(totalsOf(telemetry)).toEqual({ requests: 182, errors: 11, p95Ms: 30 });
});

it("draws a deployment that was removed in a look of its own", () => {
  const green = looksOf(["green"]);
  const all = withRemoved(green, telemetry);
  expect(all.get("green")).toBe(green.get("green"));
  expect(all.get("blue")).toBeDefined();
  expect(all.get("blue")).not.toBe(all.get("green"));
  expect(withRemoved(all, telemetry)).toBe(all);
});
