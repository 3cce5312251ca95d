"use client";

import { Table2 } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { SeriesKey } from "#components/charts/marker.tsx";
import { seriesStyle } from "#components/charts/series-style.ts";
import { cn } from "#components/ui/cn.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { PointsTable } from "./points-table.tsx";
import type { Point } from "./thresholds.ts";

export interface PlotSeries {
  name: string;
  /** What is told at the end of its name: "0.806". */
  value?: string | undefined;
  points: readonly Point[];
  /** Which of the six looks. */
  look: number;
}

export interface CurvePlotProps {
  title: string;
  xName: string;
  yName: string;
  series: readonly PlotSeries[];
  range: { x: readonly [number, number]; y: readonly [number, number] };
  /** Round values that carry a line and a number. */
  ticks: { x: readonly number[]; y: readonly number[] };
  formatX: (value: number) => string;
  formatY: (value: number) => string;
  /** A dotted line with its name: chance, the base rate. */
  reference?: { from: Point; to: Point; name?: string | undefined } | undefined;
  /** Where the threshold in force is. */
  marker?: { at: Point; text: string } | undefined;
  area?: boolean | undefined;
  height?: number | undefined;
  className?: string | undefined;
}

/** Curves over two shares, with a grid both ways; the same numbers as a table. */
export function CurvePlot(props: CurvePlotProps) {
  const { title, series, className, height = 264 } = props;
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  return (
    <section aria-labelledby={id} className={className}>
      <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 id={id} className="flex-1 whitespace-nowrap text-section">
          {title}
        </h2>
        <ul className="flex flex-wrap gap-x-3">
          {series.map((one) => (
            <li key={one.look} className="flex items-center gap-1.5 text-secondary text-ink-2 tabular-nums">
              <SeriesKey index={one.look} />
              {one.name} {one.value}
            </li>
          ))}
        </ul>
        <IconButton
          label={asTable ? `Show ${title} as a chart` : `Show ${title} as a table`}
          icon={<Table2 size={14} />}
          size="sm"
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        />
      </div>
      {asTable ? <PointsTable {...props} height={height + 36} /> : <Plot {...props} height={height} />}
    </section>
  );
}

function Plot(props: CurvePlotProps & { height: number }) {
  const { title, xName, yName, series, range, ticks, reference, marker, area, height } = props;
  const left = (x: number) => ((x - range.x[0]) / (range.x[1] - range.x[0])) * 100;
  const top = (y: number) => 100 - ((y - range.y[0]) / (range.y[1] - range.y[0])) * 100;
  const path = (points: readonly Point[]) =>
    points.map(([x, y], index) => `${index === 0 ? "M" : "L"}${left(x)} ${top(y)}`).join("");
  const named = series.map((one) => `${one.name} ${one.value ?? ""}`.trim()).join(", ");
  const [first] = series;
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 text-axis text-ink-3 tabular-nums">
      <div aria-hidden="true" className="relative w-9" style={{ height }}>
        {ticks.y.map((tick) => (
          <Label key={tick} className="right-0 -translate-y-1/2" style={{ top: `${top(tick)}%` }}>
            {props.formatY(tick)}
          </Label>
        ))}
      </div>
      <div className="relative" style={{ height }}>
        <svg
          viewBox="0 0 100 100"
          preserveAspectRatio="none"
          className="absolute inset-0 size-full overflow-visible"
          role="img"
          aria-label={`${title}: ${named}. ${marker?.text ?? ""} ${xName} across, ${yName} up.`}
        >
          <g stroke="var(--grid)" vectorEffect="non-scaling-stroke">
            {ticks.x.map((tick) => (
              <Rule key={`x${tick}`} d={`M${left(tick)} 0V100`} />
            ))}
            {ticks.y.map((tick) => (
              <Rule key={`y${tick}`} d={`M0 ${top(tick)}H100`} />
            ))}
          </g>
          {area && first && first.points.length > 1 ? (
            <path
              d={`${path(first.points)}L${left(first.points.at(-1)?.[0] ?? 0)} 100L${left(first.points[0]?.[0] ?? 0)} 100z`}
              fill={`var(${seriesStyle(first.look).colour})`}
              fillOpacity=".12"
            />
          ) : null}
          {reference ? (
            <path
              d={path([reference.from, reference.to])}
              stroke="var(--control)"
              strokeDasharray="2 3"
              fill="none"
              vectorEffect="non-scaling-stroke"
            />
          ) : null}
          {[...series].reverse().map((one) => {
            const { colour, dash } = seriesStyle(one.look);
            return (
              <path
                key={one.look}
                d={path(one.points)}
                stroke={`var(${colour})`}
                strokeWidth="2"
                strokeDasharray={dash.join(" ")}
                strokeLinejoin="round"
                fill="none"
                vectorEffect="non-scaling-stroke"
              />
            );
          })}
        </svg>
        {reference?.name ? (
          <Label
            className="left-2 -translate-y-[calc(100%+3px)] bg-panel/80"
            style={{ top: `${top(reference.from[1])}%` }}
          >
            {reference.name}
          </Label>
        ) : null}
        {marker ? <MarkerDot left={left(marker.at[0])} top={top(marker.at[1])} text={marker.text} /> : null}
      </div>
      <span />
      <div aria-hidden="true" className="relative h-9">
        {ticks.x.map((tick) => (
          <Label key={tick} className="top-1.5 -translate-x-1/2" style={{ left: `${left(tick)}%` }}>
            {props.formatX(tick)}
          </Label>
        ))}
        <Label className="top-5 left-1/2 -translate-x-1/2">{xName}</Label>
      </div>
    </div>
  );
}

function Rule({ d }: { d: string }) {
  return <path d={d} vectorEffect="non-scaling-stroke" fill="none" />;
}

function Label(props: { children: ReactNode; className: string; style?: React.CSSProperties }) {
  return (
    <span className={cn("absolute whitespace-nowrap", props.className)} style={props.style}>
      {props.children}
    </span>
  );
}

/** The point of the threshold; its words stand on the side that has room. */
function MarkerDot({ left, top, text }: { left: number; top: number; text: string }) {
  return (
    <span aria-hidden="true" className="absolute" style={{ left: `${left}%`, top: `${top}%` }}>
      <span className="absolute size-2.5 -translate-1/2 rounded-full border-2 border-accent bg-panel ring-4 ring-accent/20" />
      <span
        className={cn(
          "absolute top-2 whitespace-nowrap rounded-tag bg-panel/80 px-1 text-ink",
          left > 55 ? "right-2" : "left-2",
          top > 85 && "-top-6",
        )}
      >
        {text}
      </span>
    </span>
  );
}
