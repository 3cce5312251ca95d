"use client";

import { formatCount, formatPercent } from "#components/ui/format.ts";
import { BinaryMatrix } from "./confusion-matrix.tsx";
import { CurvePlot, type PlotSeries } from "./curve-plot.tsx";
import type { EvaluationInput } from "./evaluation-model.ts";
import { classNames, metricWord } from "./evaluation-words.ts";
import { LiftPlot } from "./lift-plot.tsx";
import { MetricTiles } from "./metric-tiles.tsx";
import { MulticlassView } from "./multiclass-view.tsx";
import type { TaskViewProps } from "./task-view.ts";
import { ThresholdActions } from "./threshold-actions.tsx";
import { ThresholdPanel } from "./threshold-panel.tsx";
import {
  bestF1Index,
  countsAt,
  majorityShare,
  nearestIndex,
  type Point,
  precisionRecallPoints,
  ratesOf,
  rocPoints,
} from "./thresholds.ts";
import { metricTile } from "./tiles.ts";

const share = { range: [0, 1] as const, ticks: [0, 0.25, 0.5, 0.75, 1] };
const percent = (value: number) => formatPercent(value, 0);
const pane = "min-w-0 bg-panel p-5";

/** Two classes: curves, scores, and what a threshold makes of them. */
export function BinaryView(props: TaskViewProps) {
  const { inputs, names, state, place, onState } = props;
  const [main, other] = inputs;
  // Scores without probabilities have one threshold only: what was said.
  if (!main?.curves) return <MulticlassView {...props} />;
  const { curves } = main;
  const index =
    state.threshold === null ? bestF1Index(curves) : nearestIndex(curves.thresholds, state.threshold);
  const counts = countsAt(curves, index);
  const rates = ratesOf(counts);
  const classes = classNames(main);
  const at = counts.threshold.toFixed(2);
  const baseRate = (counts.tp + counts.fn) / main.rows;
  const top = main.lift?.find((point) => point.share >= 0.0999);
  const otherCounts = other?.curves
    ? countsAt(other.curves, nearestIndex(other.curves.thresholds, counts.threshold))
    : null;
  const against = names[1] ?? "";
  const line = (points: (input: EvaluationInput) => Point[], metric: string): PlotSeries[] =>
    inputs.map((input, look) => {
      const value = input.metrics[metric];
      return { name: names[look] ?? input.name, value: value?.toFixed(3), points: points(input), look };
    });
  const majority = `${formatPercent(majorityShare(counts), 0)} if always “${baseRate > 0.5 ? classes[1] : classes[0]}”`;
  const common = { range: { x: share.range, y: share.range }, ticks: { x: share.ticks, y: share.ticks } };
  return (
    <>
      <MetricTiles
        tiles={[
          metricTile("AUC", main, other, against),
          metricTile("Average_Precision", main, other, against),
          metricTile("Log_Loss", main, other, against),
          {
            label: `Accuracy at ${at}`,
            value: formatPercent(rates.accuracy),
            note: majority,
          },
          {
            label: `F1 at ${at}`,
            value: metricWord("F1").format(rates.f1 || 0),
            ...(otherCounts
              ? {
                  change: {
                    difference: rates.f1 - ratesOf(otherCounts).f1 || 0,
                    text: Math.abs(rates.f1 - ratesOf(otherCounts).f1 || 0).toFixed(3),
                    better: "up" as const,
                    against,
                  },
                }
              : {}),
          },
          ...(top
            ? [
                {
                  label: `Lift, top ${formatPercent(top.share, 0)}`,
                  value: `${top.lift.toFixed(1)}×`,
                  note: `${formatCount(Math.round(top.found * (counts.tp + counts.fn)))} of ${formatCount(counts.tp + counts.fn)} found`,
                },
              ]
            : []),
        ].filter((tile) => tile !== null)}
      />
      <div className="grid gap-px bg-line @4xl:grid-cols-2">
        <CurvePlot
          {...common}
          className={pane}
          title="ROC curve"
          xName="False positive rate"
          yName="Recall"
          series={line((input) => (input.curves ? rocPoints(input.curves) : []), "AUC")}
          formatX={percent}
          formatY={percent}
          area
          reference={{ from: [0, 0], to: [1, 1] }}
          marker={{
            at: [rates.falsePositiveRate || 0, rates.recall || 0],
            text: `at ${at}: finds ${percent(rates.recall)}, false alarms ${percent(rates.falsePositiveRate)}`,
          }}
        />
        <CurvePlot
          {...common}
          className={pane}
          title="Precision and recall"
          xName="Recall"
          yName="Precision"
          series={line(
            (input) => (input.curves ? precisionRecallPoints(input.curves) : []),
            "Average_Precision",
          )}
          formatX={percent}
          formatY={percent}
          reference={{
            from: [0, baseRate],
            to: [1, baseRate],
            name: `always “${classes[1]}”: ${percent(baseRate)}`,
          }}
          marker={
            Number.isFinite(rates.precision)
              ? {
                  at: [rates.recall, rates.precision],
                  text: `at ${at}: precision ${percent(rates.precision)}, recall ${percent(rates.recall)}`,
                }
              : undefined
          }
        />
        <ThresholdPanel
          className={pane}
          curves={curves}
          histogram={main.histogram}
          counts={counts}
          index={index}
          names={classes}
          costs={state.cost}
          onThreshold={(threshold) => onState({ threshold })}
          onCosts={(cost) => onState({ cost })}
        />
        <BinaryMatrix
          className={pane}
          counts={counts}
          names={classes}
          form={state.counts}
          onForm={(form) => onState({ counts: form })}
        >
          {place ? (
            <ThresholdActions place={place} input={main.name} counts={counts} names={classes} />
          ) : null}
        </BinaryMatrix>
        {main.lift && main.lift.length > 1 ? (
          <LiftPlot className={`${pane} @4xl:col-span-2`} inputs={inputs} names={names} />
        ) : null}
      </div>
    </>
  );
}
