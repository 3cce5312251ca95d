"use client";

import { useMemo, useState } from "react";
import { ChartCard } from "#components/charts/chart-card.tsx";
import type { ChartSeries } from "#components/charts/line-chart.tsx";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { formatNumber } from "#components/ui/format.ts";
import { useUrlState } from "#components/ui/use-url-state.ts";
import type { RunSummary } from "#lib/runs/model.ts";
import { isTerminal } from "#lib/spec/statuses.ts";
import { chartView, MetricControls } from "./metric-controls.tsx";
import { type Curve, groupMetrics, isCurve, lastValue, type MetricGroup } from "./metric-groups.ts";
import { MetricNumbers } from "./metric-numbers.tsx";
import { useCurves } from "./use-curves.ts";

type ChartedRun = Pick<RunSummary, "name" | "displayName" | "status" | "metrics">;

export interface MetricChartsProps {
  workspace: string;
  /** In the order of their colours. */
  runs: readonly ChartedRun[];
  /** Charts at most. */
  limit?: number | undefined;
  height: number;
  /** Leaves out metrics that have one point. */
  onlyCurves?: boolean | undefined;
  /** Cards side by side from 1,100 px; 2 by default. */
  columns?: 1 | 2 | undefined;
  /** Leaves single values to a table beside the charts. */
  hideNumbers?: boolean | undefined;
  /** Smoothing, scale and search, kept in the address. */
  controls?: boolean | undefined;
}

const firstCharts = 24;

/** Curves of metrics: of one run with kindred metrics in one chart, of several runs a chart for each metric. */
export function MetricCharts(props: MetricChartsProps) {
  const { workspace, runs, limit, height, onlyCurves, hideNumbers, columns = 2, controls } = props;
  const [view, setView] = useUrlState(chartView);
  const [most, setMost] = useState(limit ?? firstCharts);
  const several = runs.length > 1;
  const all = useMemo(() => [...new Set(runs.flatMap((run) => Object.keys(run.metrics)))].sort(), [runs]);
  const groups = useMemo((): MetricGroup[] => {
    const wanted =
      controls && view.find ? all.filter((key) => key.toLowerCase().includes(view.find.toLowerCase())) : all;
    return several
      ? wanted.map((key) => ({ title: key, keys: [{ key, label: key }] }))
      : groupMetrics(wanted);
  }, [all, several, controls, view.find]);
  // Which of them have more than one point is known only when they have come: some more are asked for.
  const asked = groups.slice(0, onlyCurves ? most * 4 : most);
  const names = runs.map((run) => run.name);
  const keys = asked.flatMap((group) => group.keys.map(({ key }) => key));
  const curves = useCurves(workspace, names, keys);
  const byName = useMemo(() => indexCurves(curves.data ?? []), [curves.data]);

  const charts = asked.filter((group) => drawable(group, names, byName)).slice(0, most);
  const numbers = onlyCurves ? [] : asked.filter((group) => !drawable(group, names, byName));
  if (curves.error) return <ErrorState error={curves.error} onRetry={() => void curves.refetch()} />;
  const cards = charts.map((group) => {
    const series = seriesOf(group, runs, byName);
    return (
      <ChartCard
        key={group.title}
        title={group.title}
        label={`${group.title} by step`}
        series={series}
        height={height}
        syncKey="metrics"
        smoothing={controls ? view.smooth / 100 : 0}
        yScale={controls && view.log ? "log" : "linear"}
        value={several ? undefined : newest(group, names, byName)}
        legend={series.length > 6}
      />
    );
  });
  if (onlyCurves) return cards;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {controls ? <MetricControls view={view} onChange={setView} count={all.length} /> : null}
      {numbers.length > 0 && curves.data && !hideNumbers ? (
        <MetricNumbers runs={runs} keys={numbers.flatMap((group) => group.keys.map(({ key }) => key))} />
      ) : null}
      {cards.length > 0 ? (
        <div className={cn("grid gap-4", columns === 2 && "wide:grid-cols-2")}>{cards}</div>
      ) : null}
      {groups.length === 0 && view.find ? (
        <EmptyState
          title={`No metric has “${view.find}” in its name`}
          action={<Button onClick={() => setView({ find: "" })}>Show all</Button>}
        />
      ) : null}
      {groups.length > most && limit === undefined ? (
        <Button className="self-center" onClick={() => setMost(most + firstCharts)}>
          Show {Math.min(firstCharts, groups.length - most)} more of {groups.length}
        </Button>
      ) : null}
    </div>
  );
}

function idOf(run: string, key: string): string {
  return `${run}/${key}`;
}

function indexCurves(curves: readonly Curve[]): Map<string, Curve> {
  return new Map(curves.map((curve) => [idOf(curve.run, curve.key), curve]));
}

function curvesOf(group: MetricGroup, names: readonly string[], byName: Map<string, Curve>): Curve[] {
  return group.keys.flatMap(({ key }) => names.flatMap((name) => byName.get(idOf(name, key)) ?? []));
}

function drawable(group: MetricGroup, names: readonly string[], byName: Map<string, Curve>): boolean {
  return curvesOf(group, names, byName).some(isCurve);
}

/** The value of the group's own metric, or of its first one. */
function newest(
  group: MetricGroup,
  names: readonly string[],
  byName: Map<string, Curve>,
): string | undefined {
  const found = curvesOf(group, names, byName);
  const main = found.find((curve) => curve.key === group.title) ?? found[0];
  return main ? formatNumber(lastValue(main)) : undefined;
}

function seriesOf(
  group: MetricGroup,
  runs: readonly ChartedRun[],
  byName: Map<string, Curve>,
): ChartSeries[] {
  const several = runs.length > 1;
  return runs.flatMap((run, runIndex) =>
    group.keys.flatMap(({ key, label }, keyIndex): ChartSeries[] => {
      const curve = byName.get(idOf(run.name, key));
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
