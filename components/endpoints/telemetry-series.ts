import type { ChartSeries } from "#components/charts/chart-data.ts";
import type { Telemetry } from "#lib/endpoints/model.ts";
import { looksOf } from "./traffic-split.ts";

type Point = Telemetry["series"][number]["points"][number];

/** The starts of all steps of the span, so that a minute without a request is a zero and not a gap in the line. */
function stepsOf({ from, to, stepMs }: Telemetry): number[] {
  const first = Math.ceil(from / stepMs) * stepMs;
  const count = Math.max(0, Math.ceil((to - first) / stepMs));
  return Array.from({ length: count }, (_, i) => first + i * stepMs);
}

function seriesOf(
  telemetry: Telemetry,
  looks: ReadonlyMap<string, number>,
  value: (point: Point | undefined) => number | null,
): ChartSeries[] {
  const x = stepsOf(telemetry);
  return telemetry.series
    .filter(({ deployment }) => deployment !== "")
    .map(({ deployment, points }) => {
      const byStep = new Map(points.map((point) => [point.at, point]));
      const look = looks.get(deployment);
      return {
        id: deployment,
        label: deployment,
        x,
        y: x.map((at) => value(byStep.get(at))),
        ...(look === undefined ? {} : { look }),
        solid: true,
      };
    });
}

/** The looks of those that are there, and of those that were removed but answered in the span. */
export function withRemoved(
  looks: ReadonlyMap<string, number>,
  { series }: Telemetry,
): ReadonlyMap<string, number> {
  const removed = series
    .map(({ deployment }) => deployment)
    .filter((name) => name !== "" && !looks.has(name));
  return removed.length === 0 ? looks : looksOf([...looks.keys(), ...removed]);
}

export function requestSeries(telemetry: Telemetry, looks: ReadonlyMap<string, number>): ChartSeries[] {
  const seconds = telemetry.stepMs / 1000;
  return seriesOf(telemetry, looks, (point) => (point?.requests ?? 0) / seconds);
}

export function latencySeries(telemetry: Telemetry, looks: ReadonlyMap<string, number>): ChartSeries[] {
  return seriesOf(telemetry, looks, (point) => point?.p95Ms ?? null);
}

/** Percent of the requests that the endpoint failed. */
export function errorSeries(telemetry: Telemetry, looks: ReadonlyMap<string, number>): ChartSeries[] {
  return seriesOf(telemetry, looks, (point) =>
    point && point.requests > 0 ? (100 * point.errors) / point.requests : 0,
  );
}

export interface Totals {
  requests: number;
  errors: number;
  /** Of the slowest deployment. */
  p95Ms: number | null;
}

export function totalsOf(telemetry: Telemetry): Totals {
  const { series } = telemetry;
  const latencies = series.flatMap(({ p95Ms }) => (p95Ms === null ? [] : [p95Ms]));
  return {
    requests: series.reduce((sum, { requests }) => sum + requests, 0),
    errors: series.reduce((sum, { errors }) => sum + errors, 0),
    p95Ms: latencies.length > 0 ? Math.max(...latencies) : null,
  };
}
