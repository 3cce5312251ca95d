"use client";

import { useQuery } from "@tanstack/react-query";
import { Sparkline } from "#components/charts/sparkline.tsx";
import { formatNumber } from "#components/ui/format.ts";
import { Link } from "#components/ui/navigation.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { orpc } from "#lib/api/client.ts";
import { isTerminal } from "#lib/spec/statuses.ts";
import type { StepView } from "../model/canvas-model.ts";
import { useDesigner } from "../session/designer.ts";
import { useStore } from "../session/store.ts";

/** Steps that a measure follows from: it stands at them too, where they are changed. */
const measured = [
  "training",
  "scoring_evaluation",
  "classification",
  "regression",
  "clustering",
  "anomaly_detection",
];

export function isMeasured({ definition }: StepView): boolean {
  return definition !== null && measured.includes(definition.category);
}

/** The main metric over the last runs of the draft: of a step, or of the nearest after it; of the pipeline without one. */
export function MetricTrend({ node }: { node?: string | undefined }) {
  const { workspace, draft, run, model } = useDesigner();
  // Asked again when a run has ended.
  const ended = useStore(run, (now) => (now && isTerminal(now.status) ? now.run : null));
  const options = orpc.designer.trend.queryOptions({
    input: { workspace, draft, ...(node === undefined ? {} : { node }) },
  });
  const { data } = useQuery({
    ...options,
    queryKey: [...options.queryKey, ended],
    placeholderData: (before) => before,
  });
  const [first] = data?.points ?? [];
  const last = data?.points.at(-1);
  if (!data?.metric || !first || !last) return null;
  const metric = data.metric.replaceAll("_", " ");
  const values = data.points.map(({ value }) => value);
  const of = data.node === node ? null : (model.get().byId.get(data.node)?.title ?? data.node);
  const count = values.length;
  return (
    <section aria-label={`${metric} of the last runs`} className="-mx-4 mt-2 border-line border-t px-4 pt-4">
      <div className="flex items-baseline gap-2">
        <h3 className="min-w-0 flex-1 text-section">
          {count === 1 ? `${metric} of the last run` : `${metric} of the last ${count} runs`}
        </h3>
        <span className="text-section tabular-nums">{formatNumber(last.value)}</span>
      </div>
      {of === null ? null : <p className="text-secondary text-ink-3">{of}</p>}
      {count > 1 ? (
        <>
          <Sparkline
            values={values}
            width={266}
            height={44}
            area
            label={`${metric}: ${values.map((value) => formatNumber(value)).join(", ")}`}
            className="mt-1 max-w-full"
          />
          <div className="flex justify-between text-secondary text-ink-3 tabular-nums">
            <span>
              {formatNumber(first.value)}, <RelativeTime at={first.at} />
            </span>
            <Link className="hover:underline" href={`/${workspace}/runs/${last.run}`}>
              last run
            </Link>
          </div>
        </>
      ) : null}
    </section>
  );
}
