import { SeriesMarker } from "#components/charts/marker.tsx";
import type { RunSummary } from "#lib/runs/model.ts";
import { formatMetric } from "./format-metric.ts";

interface MetricNumbersProps {
  runs: readonly Pick<RunSummary, "name" | "displayName" | "metrics">[];
  keys: readonly string[];
}

/** Metrics that have one value: a number each. */
export function MetricNumbers({ runs, keys }: MetricNumbersProps) {
  const several = runs.length > 1;
  return (
    <dl aria-label="Single values" className="grid grid-cols-[repeat(auto-fill,minmax(168px,1fr))] gap-3">
      {keys.map((key) => (
        <div key={key} className="min-w-0 rounded-card border border-line px-3 py-2">
          <dt className="truncate text-secondary text-ink-3" title={key}>
            {key}
          </dt>
          {runs.map((run, index) => (
            <dd
              key={run.name}
              className={
                several ? "flex items-center gap-2 text-name tabular-nums" : "text-number tabular-nums"
              }
            >
              {several ? <SeriesMarker index={index} /> : null}
              {several ? <span className="sr-only">{run.displayName}</span> : null}
              {formatMetric(run.metrics[key])}
            </dd>
          ))}
        </div>
      ))}
    </dl>
  );
}
