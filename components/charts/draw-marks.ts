import type uPlot from "uplot";
import { type ChartSeries, lastPoint, spreadLabels } from "./chart-data.ts";
import type { LineChartProps } from "./line-chart.tsx";
import { markerPath } from "./marker.tsx";
import { lookOf } from "./series-style.ts";
import { readColour } from "./use-colours.ts";

const labelFont = '11px "Inter Variable", system-ui, sans-serif';
const gap = 8;

function measure(ctx: CanvasRenderingContext2D, text: string): number {
  ctx.font = labelFont;
  return ctx.measureText(text).width;
}

/** The room at the right that the names at the ends of the lines need beyond the plot. */
export function labelRoom(chart: uPlot, series: readonly ChartSeries[]): number {
  const plot = chart.bbox.width / devicePixelRatio || chart.width - 50;
  const { min, max } = chart.scales.x ?? {};
  const rooms = series.map((one) => {
    const last = lastPoint(one);
    const share = last && min != null && max != null && max > min ? (last.x - min) / (max - min) : 1;
    return measure(chart.ctx, one.label) + gap + 8 - (1 - Math.min(1, share)) * plot;
  });
  return Math.min(chart.width / 3, Math.max(10, ...rooms));
}

/** The last point of each line: its marker, a halo while it grows, its name. */
export function drawEnds(chart: uPlot, series: readonly ChartSeries[], labels: boolean): void {
  const { ctx } = chart;
  const ratio = devicePixelRatio;
  const top = chart.bbox.top / ratio;
  const bottom = top + chart.bbox.height / ratio;
  const { min, max } = chart.scales.x ?? {};
  const ends = series.flatMap((one, index) => {
    const at = chart.data[0].findLastIndex((_, i) => typeof chart.data[index + 1]?.[i] === "number");
    const x = chart.data[0][at];
    const y = chart.data[index + 1]?.[at];
    if (x === undefined || typeof y !== "number" || (max != null && x > max) || (min != null && x < min))
      return [];
    const left = chart.valToPos(x, "x", true) / ratio;
    const height = chart.valToPos(y, "y", true) / ratio;
    return [{ one, style: lookOf(one, index), left, top: height }];
  });
  ctx.save();
  ctx.scale(ratio, ratio);
  const shown = ends.filter((end) => end.top >= top - 1 && end.top <= bottom + 1);
  for (const end of shown) {
    const { style } = end;
    ctx.save();
    ctx.translate(end.left, end.top);
    if (end.one.live) {
      ctx.fillStyle = readColour(style.colour, 0.22);
      ctx.beginPath();
      ctx.arc(0, 0, 7, 0, 2 * Math.PI);
      ctx.fill();
    }
    if (end.one.live || series.length > 1) {
      const { d, stroked } = markerPath(style.marker, 3.2);
      const path = new Path2D(d);
      ctx.lineWidth = 2;
      ctx.strokeStyle = ctx.fillStyle = readColour(style.colour);
      if (stroked) ctx.stroke(path);
      else ctx.fill(path);
    }
    ctx.restore();
  }
  if (labels) drawNames(ctx, shown, top, bottom);
  ctx.restore();
}

interface End {
  one: ChartSeries;
  left: number;
  top: number;
}

/** Names beside the ends; those that would stand on each other move apart, and lines behind a name are held off it. */
function drawNames(ctx: CanvasRenderingContext2D, ends: readonly End[], top: number, bottom: number): void {
  ctx.font = labelFont;
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  ctx.lineJoin = "round";
  ctx.lineWidth = 4;
  ctx.strokeStyle = readColour("--panel");
  ctx.fillStyle = readColour("--ink-2");
  for (const group of groupByPlace(ends)) {
    const tops = spreadLabels(
      group.map((end) => end.top),
      13,
      top + 4,
      bottom - 4,
    );
    group.forEach((end, index) => {
      const at = tops[index] ?? end.top;
      ctx.strokeText(end.one.label, end.left + gap, at);
      ctx.fillText(end.one.label, end.left + gap, at);
    });
  }
}

/** Ends that are near each other sideways. */
function groupByPlace(ends: readonly End[]): End[][] {
  const groups: End[][] = [];
  for (const end of [...ends].sort((a, b) => a.left - b.left)) {
    const last = groups.at(-1);
    if (last && end.left - (last[0]?.left ?? 0) < 60) last.push(end);
    else groups.push([end]);
  }
  return groups;
}

const tones = { plain: "--ink-3", warning: "--warning", failed: "--failed" };

/** Dotted lines with their names: across for limits and baselines, upright for moments. */
export function drawReferences(
  chart: uPlot,
  references: NonNullable<LineChartProps["references"]>,
  moments: NonNullable<LineChartProps["moments"]>,
): void {
  if (references.length === 0 && moments.length === 0) return;
  const { ctx } = chart;
  const ratio = devicePixelRatio;
  const { left, top, width, height } = chart.bbox;
  ctx.save();
  ctx.scale(ratio, ratio);
  ctx.font = labelFont;
  ctx.lineWidth = 1;
  ctx.setLineDash([2, 3]);
  for (const { y, label, tone = "plain" } of references) {
    const at = chart.valToPos(y, "y", true) / ratio;
    if (at < top / ratio || at > (top + height) / ratio) continue;
    ctx.strokeStyle = ctx.fillStyle = readColour(tones[tone]);
    line(ctx, left / ratio, at, (left + width) / ratio, at);
    ctx.textAlign = "right";
    ctx.textBaseline = at - top / ratio < 14 ? "top" : "bottom";
    ctx.fillText(label, (left + width) / ratio - 2, at + (ctx.textBaseline === "top" ? 3 : -3));
  }
  for (const { x, label } of moments) {
    const at = chart.valToPos(x, "x", true) / ratio;
    if (at < left / ratio || at > (left + width) / ratio) continue;
    ctx.strokeStyle = ctx.fillStyle = readColour("--ink-3");
    line(ctx, at, top / ratio, at, (top + height) / ratio);
    ctx.textAlign = at > (left + width / 2) / ratio ? "right" : "left";
    ctx.textBaseline = "top";
    ctx.fillText(label, at + (ctx.textAlign === "right" ? -4 : 4), top / ratio);
  }
  ctx.restore();
}

function line(ctx: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  ctx.beginPath();
  ctx.moveTo(x1, y1);
  ctx.lineTo(x2, y2);
  ctx.stroke();
}
