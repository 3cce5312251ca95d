import type uPlot from "uplot";
import { formatNumber } from "#components/ui/format.ts";
import type { CursorState } from "./chart-tooltip.tsx";
import { drawEnds, drawReferences, labelRoom } from "./draw-marks.ts";
import type { LineChartProps } from "./line-chart.tsx";
import { lookOf, seriesLimit } from "./series-style.ts";
import { formatTicks, tickSteps, xFormats } from "./ticks.ts";
import { readColour } from "./use-colours.ts";

export interface BuildInput {
  width: number;
  height: number;
  /** The props of the last render: labels and formats may change without a new chart. */
  props: () => LineChartProps;
  onCursor: (cursor: CursorState | null) => void;
}

const font = '10.5px "Inter Variable", system-ui, sans-serif';

function fixed(range: LineChartProps["yRange"], pad: number): uPlot.Range.Function {
  return (_chart, dataMin, dataMax) => {
    if (dataMin == null || dataMax == null || !Number.isFinite(dataMin))
      return [range?.[0] ?? 0, range?.[1] ?? 1];
    const same = dataMin === dataMax;
    const space = same ? Math.abs(dataMin) * 0.1 || 1 : (dataMax - dataMin) * pad;
    return [
      range?.[0] ?? dataMin - (same || pad > 0 ? space : 0),
      range?.[1] ?? dataMax + (same || pad > 0 ? space : 0),
    ];
  };
}

/** The width that the longest label of the y axis needs. */
function axisWidth(_chart: uPlot, values: string[] | null): number {
  return Math.max(24, 12 + Math.max(0, ...(values ?? []).map((value) => value.length)) * 6.3);
}

/** All that uPlot wants to know, from the props and the theme in view. */
export function buildOptions({ width, height, props, onCursor }: BuildInput): uPlot.Options {
  const now = props();
  const kind = now.xKind ?? "step";
  const steps = tickSteps(kind);
  const ink = readColour("--ink-3");
  const grid = { stroke: readColour("--grid"), width: 1 };
  const labels = (now.endLabels ?? true) && now.series.length > 1 && now.series.length <= seriesLimit;
  return {
    width,
    height,
    legend: { show: false },
    padding: [8, (chart) => (labels ? labelRoom(chart, props().series) : 18), 0, 0],
    scales: {
      x: { time: false, range: fixed(now.xRange, 0) },
      y: {
        range: now.yScale === "log" ? undefined : fixed(now.yRange, 0.06),
        distr: now.yScale === "log" ? 3 : 1,
      },
    } as uPlot.Scales,
    axes: [
      {
        font,
        stroke: ink,
        size: 24,
        gap: 4,
        space: width < 320 ? 40 : 64,
        grid: now.gridBoth ? grid : { show: false },
        ticks: { show: false },
        border: { show: true, stroke: readColour("--line-2"), width: 1 },
        ...(steps ? { incrs: steps } : {}),
        values: (_chart, ticks, _axis, _space, step) => {
          const { formatX } = props();
          if (formatX) return ticks.map(formatX);
          return kind === "duration" || kind === "clock"
            ? ticks.map(xFormats[kind])
            : formatTicks(ticks, step);
        },
      },
      {
        font,
        stroke: ink,
        size: axisWidth,
        gap: 6,
        space: height < 140 ? 22 : 40,
        grid,
        ticks: { show: false },
        values: (_chart, ticks, _axis, _space, step) => {
          const { formatY, yScale } = props();
          if (formatY) return ticks.map((tick) => (tick === null ? "" : formatY(tick)));
          // On a log scale some ticks are left out, and their distances differ.
          if (yScale === "log") return ticks.map((tick) => (tick === null ? "" : formatNumber(tick)));
          return formatTicks(ticks, step);
        },
      },
    ],
    series: [
      {},
      ...now.series.map((one, index): uPlot.Series => {
        const style = lookOf(one, index);
        return {
          label: one.label,
          stroke: readColour(style.colour),
          width: 1.75,
          dash: [...style.dash],
          cap: style.dash[0] === 1 ? "round" : "butt",
          points: { show: one.x.length === 1 },
          spanGaps: false,
          ...(now.area ? { fill: readColour(style.colour, 0.12) } : {}),
        };
      }),
    ],
    cursor: {
      y: false,
      points: { size: 7, width: 0 },
      drag: { x: true, y: false, setScale: true },
      ...(now.syncKey === undefined ? {} : { sync: { key: now.syncKey, scales: ["x", null] } }),
    },
    select: { show: true, left: 0, top: 0, width: 0, height: 0 },
    hooks: {
      setCursor: [(chart) => report(chart, onCursor)],
      setSelect: [
        (chart) => {
          if (chart.select.width < 4) return;
          const min = chart.posToVal(chart.select.left, "x");
          const max = chart.posToVal(chart.select.left + chart.select.width, "x");
          props().onZoomChange?.([min, max]);
        },
      ],
      ready: [
        (chart) => {
          chart.over.addEventListener("dblclick", () => props().onZoomChange?.(null));
          chart.over.addEventListener("mouseleave", () => onCursor(null));
        },
      ],
      draw: [
        (chart) => drawReferences(chart, props().references ?? [], props().moments ?? []),
        (chart) => drawEnds(chart, props().series, labels),
      ],
    },
  };
}

/** Tells where the pointer is; charts that only share the cursor draw the line without a tooltip. */
function report(chart: uPlot, onCursor: BuildInput["onCursor"]) {
  const { left, idx } = chart.cursor;
  const x = idx == null ? undefined : chart.data[0][idx];
  if (left === undefined || left < 0 || x === undefined || !chart.over.matches(":hover"))
    return onCursor(null);
  onCursor({ left: chart.over.offsetLeft + chart.valToPos(x, "x"), width: chart.width, x });
}
