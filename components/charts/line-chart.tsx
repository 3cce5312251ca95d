"use client";

import { useEffect, useMemo, useRef, useState } from "react";
import "uplot/dist/uPlot.min.css";
import uPlot from "uplot";
import { cn } from "#components/ui/cn.ts";
import { formatNumber } from "#components/ui/format.ts";
import { useWidth } from "#components/ui/use-width.ts";
import { alignSeries, type ChartSeries, lastPoint } from "./chart-data.ts";
import { ChartTooltip, type CursorState } from "./chart-tooltip.tsx";
import { buildOptions } from "./line-options.ts";
import { type XKind, xFormats } from "./ticks.ts";
import { useThemeName } from "./use-colours.ts";

export type { ChartSeries };

export interface LineChartProps {
  /** What it shows, for those who cannot see it: "AUC by step". */
  label: string;
  series: readonly ChartSeries[];
  height?: number | undefined;
  /** Names x in the tooltip: "Step". */
  xName?: string | undefined;
  /** What x is: whole steps (default), any number, milliseconds since a start, or a time. */
  xKind?: XKind | undefined;
  formatX?: ((x: number) => string) | undefined;
  formatY?: ((y: number) => string) | undefined;
  /** Fixed ends of an axis; null lets the data say. */
  xRange?: readonly [number | null, number | null] | undefined;
  yRange?: readonly [number | null, number | null] | undefined;
  yScale?: "linear" | "log" | undefined;
  /** Named and dotted: a baseline, a limit. */
  references?: readonly { y: number; label: string; tone?: "plain" | "warning" | "failed" }[] | undefined;
  /** Named and dotted, upright: "v7 to 20%". */
  moments?: readonly { x: number; label: string }[] | undefined;
  /** Fills the area under the lines at 12 %. */
  area?: boolean | undefined;
  /** 0 to below 1. */
  smoothing?: number | undefined;
  /** Names at the ends of the lines. On for up to six series. */
  endLabels?: boolean | undefined;
  /** Charts with the same key share the cursor. */
  syncKey?: string | undefined;
  /** The part of x in view, when the page keeps it. */
  zoom?: readonly [number, number] | null | undefined;
  onZoomChange?: ((zoom: [number, number] | null) => void) | undefined;
  /** Gridlines both ways, for ROC and precision–recall. */
  gridBoth?: boolean | undefined;
  className?: string | undefined;
}

/** Curves on a canvas: drag zooms x, double click resets, the shared cursor names all values. */
export function LineChart(props: LineChartProps) {
  const { label, series, height = 220, formatY = formatNumber, xName = "Step", className } = props;
  const formatX = props.formatX ?? xFormats[props.xKind ?? "step"];
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const [cursor, setCursor] = useState<CursorState | null>(null);
  const width = useWidth(host) ?? 0;
  const theme = useThemeName();
  const data = useMemo(() => alignSeries(series, props.smoothing ?? 0), [series, props.smoothing]);

  // What can only be given to a new chart; data, size and zoom are put into the one that is there.
  const shape = JSON.stringify([
    theme,
    series.map((one) => [one.id, one.look, one.solid ?? false, one.live ?? false]),
    [props.area, props.endLabels, props.syncKey, props.yScale, props.gridBoth, props.xKind],
    [props.xRange, props.yRange, props.references, props.moments],
  ]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` stands for all that a new chart needs
  useEffect(() => {
    const box = host.current;
    if (!box || width === 0) return;
    const options = buildOptions({ width, height, props: () => latest.current, onCursor: setCursor });
    const made = new uPlot(options, data, box);
    chart.current = made;
    return () => {
      made.destroy();
      chart.current = null;
      setCursor(null);
    };
  }, [shape, width > 0]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new chart (`shape`) has its size already
  useEffect(() => {
    if (width > 0) chart.current?.setSize({ width, height });
  }, [width, height, shape]);

  useEffect(() => {
    const made = chart.current;
    if (!made || made.data === data) return;
    const zoomed = isZoomed(made);
    made.setData(data, !zoomed);
    if (zoomed) made.redraw();
  }, [data]);

  const zoomMin = props.zoom?.[0];
  const zoomMax = props.zoom?.[1];
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new chart (`shape`) must be zoomed again
  useEffect(() => {
    const made = chart.current;
    if (!made || latest.current.zoom === undefined) return;
    if (zoomMin === undefined || zoomMax === undefined) {
      if (isZoomed(made)) made.setData(made.data, true);
    } else made.setScale("x", { min: zoomMin, max: zoomMax });
  }, [zoomMin, zoomMax, shape, width > 0]);

  const summary = series
    .map((one) => {
      const last = lastPoint(one);
      return last ? `${one.label} ${formatY(last.y)} at ${formatX(last.x)}` : `${one.label} without values`;
    })
    .join(", ");
  return (
    <div className={cn("relative min-w-0", className)} style={{ height }}>
      <div ref={host} role="img" aria-label={`${label}: ${summary}`} className="chart-canvas h-full w-full" />
      {cursor ? (
        <ChartTooltip cursor={cursor} series={series} xName={xName} formatX={formatX} formatY={formatY} />
      ) : null}
    </div>
  );
}

/** True when less than the whole of x is in view. */
function isZoomed(chart: uPlot): boolean {
  const { min, max } = chart.scales.x ?? {};
  const xs = chart.data[0];
  const first = xs[0];
  const last = xs.at(-1);
  return (
    min != null && max != null && first !== undefined && last !== undefined && (min > first || max < last)
  );
}
