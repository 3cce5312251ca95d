import { cn } from "#components/ui/cn.ts";

interface MiniHistogramProps {
  column: { name: string; histogram: readonly { count: number }[] };
  width?: number;
  height?: number;
  className?: string;
}

/** The shape of a column's values at a glance; the numbers stand beside it. */
export function MiniHistogram({ column, width = 80, height = 20, className }: MiniHistogramProps) {
  const bins = column.histogram;
  const highest = Math.max(1, ...bins.map((bin) => bin.count));
  const step = width / Math.max(1, bins.length);
  return (
    <svg
      width={width}
      height={height}
      role="img"
      aria-label={`Histogram of ${column.name}`}
      className={cn("block flex-none", className)}
    >
      <line x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} className="stroke-line-2" />
      {bins.map((bin, index) => {
        const tall = bin.count === 0 ? 0 : Math.max(1, (bin.count / highest) * (height - 1));
        return (
          <rect
            key={index}
            x={index * step}
            y={height - tall}
            width={Math.max(1, step - 1)}
            height={tall}
            className="fill-bar"
          />
        );
      })}
    </svg>
  );
}
