import { formatCount } from "#components/ui/format.ts";
import type { ScoreHistogram } from "./evaluation-model.ts";
import { barHeight, type Counts } from "./thresholds.ts";

interface ScoreBarsProps {
  histogram: ScoreHistogram;
  counts: Counts;
  names: [negative: string, positive: string];
}

/** How the scores of both classes lie, on a square root scale; what is called positive has a tint. */
export function ScoreBars({ histogram, counts, names }: ScoreBarsProps) {
  const { edges, negative, positive } = histogram;
  const most = Math.max(1, ...negative, ...positive);
  const first = edges[0] ?? 0;
  const width = (edges.at(-1) ?? 1) - first || 1;
  const at = (value: number) => ((value - first) / width) * 1000;
  const line = Math.min(1000, Math.max(0, at(counts.threshold)));
  const called = formatCount(counts.tp + counts.fp);
  return (
    <div className="relative mx-2 h-44 border-line-2 border-b">
      <div className="absolute inset-y-0 right-0 bg-accent/8" style={{ left: `${line / 10}%` }} />
      <svg
        viewBox="0 0 1000 100"
        preserveAspectRatio="none"
        className="absolute inset-0 size-full"
        role="img"
        aria-label={`Scores of ${formatCount(counts.tn + counts.fp)} rows that were ${names[0]} and ${formatCount(counts.tp + counts.fn)} that were ${names[1]}`}
      >
        {negative.map((count, index) => {
          const from = at(edges[index] ?? 0);
          const step = at(edges[index + 1] ?? 1) - from;
          const pair = [count, positive[index] ?? 0] as const;
          return (
            <g key={index}>
              <title>{`${(edges[index] ?? 0).toFixed(2)} to ${(edges[index + 1] ?? 1).toFixed(2)}: ${formatCount(pair[0])} ${names[0]}, ${formatCount(pair[1])} ${names[1]}`}</title>
              {pair.map((value, side) => {
                const tall = barHeight(value, most) * 92;
                return (
                  <rect
                    key={side}
                    x={from + step * (0.06 + side * 0.45)}
                    y={100 - tall}
                    width={step * 0.42}
                    height={tall}
                    fill={side === 0 ? "var(--chart-other)" : "var(--chart-1)"}
                  />
                );
              })}
            </g>
          );
        })}
      </svg>
      <span
        className="absolute inset-y-0 w-0.5 -translate-x-1/2 bg-accent"
        style={{ left: `${line / 10}%` }}
      />
      <span
        className="absolute top-1 whitespace-nowrap text-axis text-accent"
        style={
          line > 650 ? { right: `calc(${100 - line / 10}% + 6px)` } : { left: `calc(${line / 10}% + 6px)` }
        }
      >
        called “{names[1]}”: {called}
      </span>
      {line < 550 ? (
        <span className="absolute top-1 right-1 text-axis text-ink-3">square root scale</span>
      ) : null}
    </div>
  );
}
