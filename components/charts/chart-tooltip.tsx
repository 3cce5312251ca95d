import { type ChartSeries, valueAt } from "./chart-data.ts";
import { SeriesMarker } from "./marker.tsx";

export interface CursorState {
  /** In pixels from the left of the chart. */
  left: number;
  /** The width of the chart. */
  width: number;
  x: number;
}

export interface ChartTooltipProps {
  cursor: CursorState;
  series: readonly ChartSeries[];
  xName: string;
  formatX: (x: number) => string;
  formatY: (y: number) => string;
}

const most = 12;

/** All values at the cursor, the highest first. */
export function ChartTooltip({ cursor, series, xName, formatX, formatY }: ChartTooltipProps) {
  const rows = series
    .map((one, index) => ({ one, look: one.look ?? index, value: valueAt(one, cursor.x) }))
    .filter((row): row is typeof row & { value: number } => row.value !== null)
    .sort((a, b) => b.value - a.value);
  if (rows.length === 0) return null;
  const right = cursor.left > cursor.width / 2;
  return (
    <div
      aria-hidden="true"
      style={right ? { right: cursor.width - cursor.left + 12 } : { left: cursor.left + 12 }}
      className="pointer-events-none absolute top-1 z-20 max-w-72 rounded-card bg-raised px-3 py-2 text-secondary shadow-2"
    >
      <div className="mb-1 text-ink-3 tabular-nums">
        {xName} {formatX(cursor.x)}
      </div>
      {rows.slice(0, most).map(({ one, look, value }) => (
        <div key={one.id} className="flex h-5 items-center gap-2">
          <SeriesMarker index={look} />
          <span className="min-w-0 flex-1 truncate text-ink">{one.label}</span>
          <span className="pl-3 font-semibold text-ink tabular-nums">{formatY(value)}</span>
        </div>
      ))}
      {rows.length > most ? <div className="text-ink-3">{rows.length - most} more</div> : null}
    </div>
  );
}
