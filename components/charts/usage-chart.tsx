"use client";

import { ChartCard, type ChartCardProps } from "./chart-card.tsx";

export interface UsageChartProps extends Omit<ChartCardProps, "series" | "area" | "label"> {
  /** "CPU", "Memory, GiB". */
  title: string;
  /** Milliseconds since the start. */
  x: readonly number[];
  y: readonly (number | null)[];
  live?: boolean | undefined;
}

/** A filled curve over the time of a run: CPU, memory, requests. It begins at 0. */
export function UsageChart({ title, x, y, live, height = 104, ...rest }: UsageChartProps) {
  return (
    <ChartCard
      title={title}
      label={`${title} over time`}
      series={[{ id: title, label: title, x, y, look: 2, solid: true, live }]}
      area
      height={height}
      xName=""
      xKind="duration"
      yRange={[0, null]}
      {...rest}
    />
  );
}
