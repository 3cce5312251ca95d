import { cn } from "#components/ui/cn.ts";
import { formatCount, formatNumber } from "#components/ui/format.ts";

export interface Bin {
  from: number;
  to: number;
  count: number;
  /** Of them, those with the label "yes"; drawn in accent against grey. */
  marked?: number | undefined;
}

export interface HistogramProps {
  bins: readonly Bin[];
  /** The accessible name: "age". */
  label: string;
  width?: number | undefined;
  height?: number | undefined;
  /** Ticks and counts; off inside table rows. */
  axes?: boolean | undefined;
  formatX?: ((value: number) => string) | undefined;
  className?: string | undefined;
}

/** Round numbers from 0 up to at least `max`, three or four of them. */
export function roundTicks(max: number): number[] {
  if (max <= 0) return [0];
  const raw = max / 3;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= raw) ?? 10) * power;
  const whole = Math.max(1, step);
  return Array.from({ length: Math.floor(max / whole) + 1 }, (_, index) => index * whole);
}

/** Bars that touch, from 0. It fills its width unless one is given. */
export function Histogram(props: HistogramProps) {
  const {
    bins,
    label,
    height = props.axes ? 120 : 24,
    width,
    axes,
    formatX = formatNumber,
    className,
  } = props;
  const top = Math.max(1, ...bins.map((bin) => bin.count));
  const total = bins.reduce((sum, bin) => sum + bin.count, 0);
  const first = bins[0];
  const last = bins.at(-1);
  const name =
    first && last
      ? `${label}: ${formatCount(total)} values from ${formatX(first.from)} to ${formatX(last.to)}`
      : label;
  const bars = (
    <svg
      viewBox={`0 0 ${bins.length * 10} 100`}
      preserveAspectRatio="none"
      width={width ?? "100%"}
      height={height}
      role="img"
      aria-label={name}
      className={cn("block", !axes && className)}
    >
      {bins.map((bin, index) => {
        const tall = bin.count === 0 ? 0 : Math.max(2, (bin.count / top) * 100);
        const marked = bin.marked === undefined ? 0 : (bin.marked / top) * 100;
        return (
          <g key={index}>
            <title>{`${formatX(bin.from)} to ${formatX(bin.to)}: ${formatCount(bin.count)}`}</title>
            <rect x={index * 10} y="0" width="10" height="100" fill="transparent" />
            <rect
              x={index * 10 + 0.4}
              y={100 - tall}
              width="9.2"
              height={tall}
              fill={bin.marked === undefined ? "var(--bar)" : "var(--chart-other)"}
            />
            {marked > 0 ? (
              <rect x={index * 10 + 0.4} y={100 - marked} width="9.2" height={marked} fill="var(--accent)" />
            ) : null}
          </g>
        );
      })}
    </svg>
  );
  if (!axes) return bars;
  const ticks = roundTicks(top);
  return (
    <div
      className={cn("text-axis text-ink-3", className)}
      style={width === undefined ? undefined : { width }}
    >
      <div className="grid grid-cols-[auto_1fr] gap-x-2">
        <div aria-hidden="true" className="relative w-8" style={{ height }}>
          {ticks.map((tick) => (
            <span
              key={tick}
              className="absolute right-0 translate-y-1/2"
              style={{ bottom: `${(tick / top) * 100}%` }}
            >
              {formatCount(tick)}
            </span>
          ))}
        </div>
        <div className="relative border-line-2 border-b" style={{ height }}>
          {ticks.slice(1).map((tick) => (
            <span
              key={tick}
              className="absolute inset-x-0 h-px bg-grid"
              style={{ bottom: `${(tick / top) * 100}%` }}
            />
          ))}
          <div className="relative">{bars}</div>
        </div>
        <span />
        <div aria-hidden="true" className="mt-1 flex justify-between">
          <span>{first ? formatX(first.from) : ""}</span>
          <span>{first && last ? formatX((first.from + last.to) / 2) : ""}</span>
          <span>{last ? formatX(last.to) : ""}</span>
        </div>
      </div>
    </div>
  );
}
