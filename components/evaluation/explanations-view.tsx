"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { BarList } from "#components/charts/bar-list.tsx";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { formatCount, formatNumber } from "#components/ui/format.ts";
import { SkeletonText } from "#components/ui/skeleton.tsx";
import { describeMeasure, type Explanations, explanations, writeAlike } from "./explanations-model.ts";
import type { EvaluationPlace } from "./use-evaluation.ts";

const firstShown = 15;

function useExplanations({ workspace, runName, outputName }: EvaluationPlace) {
  const query = new URLSearchParams({ of: `outputs.${outputName}`, path: "explanations.json" });
  const href = `/api/v1/workspaces/${workspace}/runs/${runName}/file?${query}`;
  return useQuery({
    queryKey: ["explanations", href],
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    queryFn: async ({ signal }) => {
      const response = await fetch(href, { signal });
      if (!response.ok) throw new Error(`There are no explanations in “${outputName}” of ${runName}.`);
      return explanations.parse(await response.json());
    },
  });
}

/** Which columns a trained model relies on, in bars. */
export function ExplanationsView(place: EvaluationPlace) {
  const { data, error, refetch } = useExplanations(place);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonText lines={6} />;
  return <ImportanceBars found={data} />;
}

function ImportanceBars({ found }: { found: Explanations }) {
  const [all, setAll] = useState(false);
  const { features, measure, value, rows } = found;
  const shown = all ? features : features.slice(0, firstShown);
  const more = features.length - shown.length;
  const write = writeAlike(features.map(({ importance }) => importance ?? 0));
  return (
    <section aria-label="What the model relies on" className="flex min-w-0 flex-col gap-2">
      <h3 className="text-name">What the model relies on</h3>
      <p className="text-secondary text-ink-3">{describeMeasure(found)}</p>
      <BarList
        label="Importance of each column"
        tone="accent"
        items={shown.map(({ name, importance, deviation }) => ({
          key: name,
          label: <span title={name}>{name}</span>,
          value: importance ?? 0,
          text: (
            <>
              {write(importance ?? 0)}
              <span className="ml-1 text-ink-3">± {write(deviation ?? 0)}</span>
            </>
          ),
        }))}
      />
      {more > 0 ? (
        <Button size="sm" className="self-start" onClick={() => setAll(true)}>
          {formatCount(more)} more columns
        </Button>
      ) : null}
      <p className="text-secondary text-ink-3 tabular-nums">
        {`Measured on ${formatCount(rows)} training rows`}
        {value === null ? "." : `, where the ${measure.toLowerCase()} is ${formatNumber(value)}.`}
      </p>
    </section>
  );
}
