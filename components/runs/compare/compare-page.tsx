"use client";

import { type UseQueryResult, useQueries, useQueryClient } from "@tanstack/react-query";
import { ListTree } from "lucide-react";
import { useMemo } from "react";
import { Page } from "#components/shell/page.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { SkeletonText } from "#components/ui/skeleton.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { flag, list } from "#components/ui/url-codec.ts";
import { useUrlState } from "#components/ui/use-url-state.ts";
import { orpc } from "#lib/api/client.ts";
import { useLiveEvents } from "#lib/live/hooks.ts";
import type { RunDetails } from "#lib/runs/model.ts";
import { MetricCharts } from "../metric-charts.tsx";
import { CompareChips } from "./compare-chips.tsx";
import { DifferencesTable } from "./differences-table.tsx";

const view = { runs: list(), differs: flag(true) };

/** Runs side by side: the first is the baseline, the curves share one cursor, the table shows what differs. */
export function ComparePage({ workspace }: { workspace: string }) {
  const [{ runs: names, differs }, setView] = useUrlState(view);
  const { runs, error: failed, missing } = useComparedRuns(workspace, names);
  const setRuns = (next: string[]) => setView({ runs: next }, { push: true });
  const title =
    runs.length === 0 ? "Compare runs" : `Compare ${runs.length} ${runs.length === 1 ? "run" : "runs"}`;
  const hasMetrics = runs.some((run) => Object.keys(run.metrics).length > 0);
  return (
    <Page crumbs={[{ label: "Runs", href: `/${workspace}/runs` }, { label: title }]}>
      <PageHeader title={title}>
        <CompareChips workspace={workspace} runs={runs} names={names} onChange={setRuns} />
      </PageHeader>
      <div className="border-line border-t" />
      {failed ? (
        <ErrorState
          className="m-4 sm:mx-6"
          error={failed}
          actions={
            <ButtonLink
              size="sm"
              href={`/${workspace}/runs/compare?${new URLSearchParams({ runs: names.filter((name) => !missing.includes(name)).join(",") })}`}
            >
              Leave it out
            </ButtonLink>
          }
        />
      ) : null}
      {names.length === 0 ? (
        <div className="p-4 sm:p-6">
          <EmptyState
            icon={<ListTree />}
            title="No runs chosen"
            action={<ButtonLink href={`/${workspace}/runs`}>Choose runs</ButtonLink>}
          >
            Select runs in the list and press C, or add them here by name.
          </EmptyState>
        </div>
      ) : runs.length === 0 && !failed ? (
        <div className="p-6">
          <SkeletonText lines={6} />
        </div>
      ) : runs.length > 0 ? (
        <div className="grid min-w-0 flex-1 wide:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
          <section aria-label="Curves" className="min-w-0 p-4 sm:p-6">
            {hasMetrics ? (
              <MetricCharts workspace={workspace} runs={runs} height={260} columns={1} hideNumbers />
            ) : (
              <EmptyState title="No metrics to draw">None of these runs has logged a metric.</EmptyState>
            )}
          </section>
          <section
            aria-label="Differences"
            className="min-w-0 border-line p-4 max-wide:border-t sm:p-6 wide:border-l"
          >
            <div className="mb-2 flex items-center gap-3">
              <h2 className="flex-1 text-section">Differences</h2>
              <Switch checked={differs} onCheckedChange={(next) => setView({ differs: next })}>
                Only what differs
              </Switch>
            </div>
            <DifferencesTable runs={runs} onlyDiffering={differs} />
          </section>
        </div>
      ) : null}
    </Page>
  );
}

/** Each run by itself, so that one which is gone does not hide the others. */
function useComparedRuns(workspace: string, names: readonly string[]) {
  const queries = useQueryClient();
  const shown = useMemo(() => new Set(names), [names]);
  useLiveEvents(workspace, (event) => {
    if (event === "reset") return void queries.invalidateQueries({ queryKey: orpc.runs.get.key() });
    if (event.kind !== "run" || event.event === "log" || !shown.has(event.name)) return;
    void queries.invalidateQueries({
      queryKey: orpc.runs.get.key({ input: { workspace, run: event.name } }),
    });
  });
  return useQueries({
    queries: names.map((run) => orpc.runs.get.queryOptions({ input: { workspace, run }, retry: false })),
    combine: (found: UseQueryResult<RunDetails>[]) => ({
      runs: found.flatMap((query) => query.data ?? []),
      error: found.find((query) => query.error)?.error ?? null,
      missing: names.filter((_, index) => found[index]?.error),
    }),
  });
}
