"use client";

import { useMemo } from "react";
import type { ChartSeries } from "#components/charts/line-chart.tsx";
import type { RunSummary } from "#lib/runs/model.ts";
import { isTerminal } from "#lib/spec/statuses.ts";
import { type Curve, groupMetrics, isCurve, lastValue, type MetricGroup } from "./metric-groups.ts";
import { useCurves } from "./use-curves.ts";

export type ChartedRun = Pick<RunSummary, "name" | "displayName" | "status" | "metrics">;

export interface MetricChartData {
  title: string;
  series: ChartSeries[];
  /** Of the one run that is shown: the newest value of the chart's first metric. */
  newest: number | null;
}

/** What the metrics of some runs make: charts of those with curves, single values of the others. */
export function useMetricCharts(workspace: string, runs: readonly ChartedRun[], find = "", most = 24) {
  const groups = useMemo(() => {
    const wanted = find.toLowerCase();
    const keys = [...new Set(runs.flatMap((run) => Object.keys(run.metrics)))]
      .filter((key) => key.toLowerCase().includes(wanted))
      .sort();
    return runs.length > 1 ? keys.map(aloneOf) : groupMetrics(keys);
  }, [runs, find]);
  const asked = useMemo(() => groups.slice(0, most), [groups, most]);
  const keys = asked.flatMap((group) => group.keys.map(({ key }) => key));
  const query = useCurves(
    workspace,
    runs.map((run) => run.name),
    keys,
  );
  const { charts, numbers } = useMemo(() => {
    const byId = new Map((query.data ?? []).map((curve) => [idOf(curve.run, curve.key), curve]));
    const made: MetricChartData[] = [];
    const single: string[] = [];
    for (const group of asked) {
      const curves = runs.flatMap((run) =>
        group.keys.flatMap(({ key }) => byId.get(idOf(run.name, key)) ?? []),
      );
      if (!curves.some(isCurve)) single.push(...group.keys.map(({ key }) => key));
      else made.push({ title: group.title, series: seriesOf(group, runs, byId), newest: newestOf(curves) });
    }
    return { charts: made, numbers: single };
  }, [asked, runs, query.data]);
  return {
    groups,
    charts,
    numbers,
    ready: query.data !== undefined,
    error: query.error,
    retry: query.refetch,
  };
}

function aloneOf(key: string): MetricGroup {
  return { title: key, keys: [{ key, label: key }] };
}

function idOf(run: string, key: string): string {
  return `${run}/${key}`;
}

function newestOf(curves: readonly Curve[]): number | null {
  const [first] = curves;
  return first ? lastValue(first) : null;
}

/** Several runs are told apart by their looks, in order; of one run its metrics are. */
function seriesOf(group: MetricGroup, runs: readonly ChartedRun[], byId: Map<string, Curve>): ChartSeries[] {
  const several = runs.length > 1;
  return runs.flatMap((run, runIndex) =>
    group.keys.flatMap(({ key, label }, keyIndex): ChartSeries[] => {
      const curve = byId.get(idOf(run.name, key));
      if (!curve) return [];
      return [
        {
          id: idOf(run.name, key),
          label: several ? run.displayName : label,
          x: curve.steps,
          y: curve.values,
          look: several ? runIndex : keyIndex,
          live: !isTerminal(run.status),
        },
      ];
    }),
  );
}
