"use client";

import { useId } from "react";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { formatCount, formatPercent } from "#components/ui/format.ts";
import { CostButton } from "./cost-button.tsx";
import type { Curves, ScoreHistogram } from "./evaluation-model.ts";
import { ScoreBars } from "./score-bars.tsx";
import { bestF1Index, type Costs, type Counts, cheapestIndex, nearestIndex, ratesOf } from "./thresholds.ts";

export interface ThresholdPanelProps {
  curves: Curves;
  histogram: ScoreHistogram | null | undefined;
  counts: Counts;
  index: number;
  names: [negative: string, positive: string];
  costs: Costs;
  onThreshold: (threshold: number) => void;
  onCosts: (costs: Costs) => void;
  className?: string | undefined;
}

/** The scores of both classes, and the line from which on a row is called positive. */
export function ThresholdPanel(props: ThresholdPanelProps) {
  const { curves, histogram, counts, index, names, costs, onThreshold, className } = props;
  const id = useId();
  const rates = ratesOf(counts);
  const { thresholds } = curves;
  const choose = (next: number) => onThreshold(thresholds[next] ?? 0.5);
  const best = bestF1Index(curves);
  const half = nearestIndex(thresholds, 0.5);
  return (
    <section aria-labelledby={id} className={className}>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <h2 id={id} className="text-section">
          Threshold
        </h2>
        <input
          aria-label="Threshold"
          type="number"
          min={0}
          max={1}
          step={0.01}
          value={Number(counts.threshold.toFixed(3))}
          onChange={(event) => {
            const next = event.target.valueAsNumber;
            if (Number.isFinite(next)) choose(nearestIndex(thresholds, next));
          }}
          className="field-edge h-7 w-18 px-2 text-body tabular-nums"
        />
        <Button size="sm" variant="quiet" aria-pressed={index === best} onClick={() => choose(best)}>
          Best F1
        </Button>
        <Button size="sm" variant="quiet" aria-pressed={index === half} onClick={() => choose(half)}>
          0.50
        </Button>
        <CostButton
          costs={costs}
          names={names}
          counts={counts}
          onCosts={(next) => {
            props.onCosts(next);
            choose(cheapestIndex(curves, next));
          }}
        />
        <ul className="ml-auto flex gap-3 text-secondary text-ink-2">
          <Key tone="bg-chart-other">was {names[0]}</Key>
          <Key tone="bg-chart-1">was {names[1]}</Key>
        </ul>
      </div>
      {histogram ? <ScoreBars histogram={histogram} counts={counts} names={names} /> : null}
      <input
        type="range"
        aria-label={`From which score on a row is called ${names[1]}`}
        aria-valuetext={`${counts.threshold.toFixed(2)}, ${formatCount(counts.tp + counts.fp)} rows called ${names[1]}`}
        min={0}
        max={1}
        step={0.01}
        value={counts.threshold}
        onChange={(event) => choose(nearestIndex(thresholds, event.target.valueAsNumber))}
        className="mt-1 h-5 w-full accent-accent"
      />
      <div aria-hidden="true" className="flex justify-between px-2 text-axis text-ink-3 tabular-nums">
        {["0.00", "0.25", "0.50", "0.75", "1.00"].map((tick) => (
          <span key={tick}>{tick}</span>
        ))}
      </div>
      <dl className="mt-3 flex flex-wrap gap-x-6 gap-y-1 text-secondary text-ink-2">
        <Rate name="Precision" value={rates.precision} />
        <Rate name="Recall" value={rates.recall} />
        <Rate name="Specificity" value={rates.specificity} />
        <Rate name={`Called ${names[1]}`} value={rates.calledShare} />
      </dl>
    </section>
  );
}

function Key({ tone, children }: { tone: string; children: React.ReactNode }) {
  return (
    <li className="flex items-center gap-1.5">
      <span aria-hidden="true" className={cn("size-2", tone)} />
      {children}
    </li>
  );
}

function Rate({ name, value }: { name: string; value: number }) {
  return (
    <div className="flex gap-1.5">
      <dt>{name}</dt>
      <dd className="font-semibold text-ink tabular-nums">{formatPercent(value)}</dd>
    </div>
  );
}
