import { cn } from "#components/ui/cn.ts";

export interface SparklineProps {
  values: readonly (number | null)[];
  /** The accessible name, unless the number stands beside it. */
  label?: string | undefined;
  width?: number | undefined;
  height?: number | undefined;
  /** Give the same range to all rows of a column. */
  range?: readonly [number, number] | undefined;
  tone?: "chart" | "running" | "grey" | "warning" | undefined;
  area?: boolean | undefined;
  className?: string | undefined;
}

const tones = {
  chart: "var(--chart-1)",
  running: "var(--running)",
  grey: "var(--chart-other)",
  warning: "var(--warning)",
};

/** The points of the line, `M` at its start and after each gap. */
export function sparkPath(
  values: readonly (number | null)[],
  width: number,
  height: number,
  range?: readonly [number, number],
): string {
  const known = values.filter((value): value is number => value !== null && Number.isFinite(value));
  if (known.length === 0) return "";
  const [low, high] = range ?? [
    known.reduce((a, b) => Math.min(a, b)),
    known.reduce((a, b) => Math.max(a, b)),
  ];
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  let pen = "M";
  let path = "";
  values.forEach((value, index) => {
    if (value === null || !Number.isFinite(value)) {
      pen = "M";
      return;
    }
    const share = high === low ? 0.5 : (Math.min(high, Math.max(low, value)) - low) / (high - low);
    path += `${pen}${(index * step).toFixed(1)} ${(height - share * height).toFixed(1)}`;
    pen = "L";
  });
  return path;
}

/** A curve the size of a word. */
export function Sparkline(props: SparklineProps) {
  const { values, label, width = 96, height = 20, range, tone = "chart", area, className } = props;
  const path = sparkPath(values, width - 2, height - 4, range);
  const drawing = (
    <g transform="translate(1 2)">
      {area && path && !path.slice(1).includes("M") ? (
        <path d={`${path}V${height - 2}H0z`} fill={tones[tone]} fillOpacity=".14" />
      ) : null}
      <path d={path} fill="none" stroke={tones[tone]} strokeWidth="1.5" strokeLinejoin="round" />
    </g>
  );
  const box = { viewBox: `0 0 ${width} ${height}`, width, height, className: cn("flex-none", className) };
  return label === undefined ? (
    <svg {...box} aria-hidden="true">
      {drawing}
    </svg>
  ) : (
    <svg {...box} role="img" aria-label={label}>
      {drawing}
    </svg>
  );
}
