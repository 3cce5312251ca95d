"use client";

import { useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { formatChange, formatMetric } from "#components/runs/format-metric.ts";
import { Page } from "#components/shell/page.tsx";
import { cn } from "#components/ui/cn.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { missing } from "#components/ui/format.ts";
import { Link } from "#components/ui/navigation.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { Select } from "#components/ui/select.tsx";
import { SkeletonText } from "#components/ui/skeleton.tsx";
import { StatusIcon } from "#components/ui/status-icon.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { flag, list } from "#components/ui/url-codec.ts";
import { useUrlState } from "#components/ui/use-url-state.ts";
import { orpc } from "#lib/api/client.ts";
import { formatDuration } from "#lib/core/duration.ts";
import type { StepState } from "#lib/pipelines/model.ts";
import { compareSteps, type StepComparison, type StepMetrics } from "./compare-steps.ts";
import { StepTime } from "./step-list.tsx";
import { describeStep } from "./step-words.ts";

const view = { runs: list(), differs: flag(false) };

/** Two runs of a pipeline, step by step: the first is the baseline. */
export function ComparePipelinesPage({ workspace }: { workspace: string }) {
  const [{ runs: names, differs }, setView] = useUrlState(view);
  const [left, right] = names;
  const choices = useQuery(
    orpc.runs.list.queryOptions({ input: { workspace, filter: "type = pipeline", limit: 100 } }),
  );
  const sides = useSides(workspace, [left, right]);
  const options = (choices.data?.items ?? []).map((run) => ({
    value: run.name,
    label: run.name,
    hint: run.displayName,
  }));
  const choose = (place: 0 | 1, name: string) =>
    setView({ runs: place === 0 ? [name, ...(right ? [right] : [])] : [left ?? name, name] }, { push: true });
  const [before, after] = sides.found;
  const rows = useMemo(() => (before && after ? compareSteps(before, after) : []), [before, after]);
  const shown = differs ? rows.filter((row) => row.differs) : rows;
  return (
    <Page
      crumbs={[
        { label: "Designer", href: `/${workspace}/designer?tab=runs` },
        { label: "Compare step by step" },
      ]}
    >
      <PageHeader title="Compare step by step">
        <div className="flex flex-wrap items-center gap-3">
          <Select
            aria-label="Baseline"
            variant="button"
            size="lg"
            placeholder="Choose the baseline"
            options={options}
            value={left ?? null}
            onValueChange={(name) => choose(0, name)}
          />
          <span className="text-secondary text-ink-3">against</span>
          <Select
            aria-label="Compared run"
            variant="button"
            size="lg"
            placeholder="Choose a run"
            options={options}
            value={right ?? null}
            onValueChange={(name) => choose(1, name)}
          />
          <span className="ml-auto" />
          <Switch checked={differs} onCheckedChange={(next) => setView({ differs: next })}>
            Only what differs
          </Switch>
        </div>
      </PageHeader>
      <div className="border-line border-t px-4 py-4 sm:px-6">
        {sides.error ? (
          <ErrorState error={sides.error} />
        ) : !left || !right ? (
          <EmptyState title="Choose two runs of a pipeline">
            Their steps are put side by side: state, time, settings and metrics.
          </EmptyState>
        ) : !before || !after ? (
          <SkeletonText lines={6} />
        ) : shown.length === 0 ? (
          <EmptyState title="No step differs" />
        ) : (
          <ComparisonTable workspace={workspace} rows={shown} />
        )}
      </div>
    </Page>
  );
}

/** Both graphs with the metrics of their steps; those come from the runs of the steps. */
function useSides(workspace: string, names: readonly [string | undefined, string | undefined]) {
  const wanted = names.map((run) => run ?? "");
  const graphs = useQueries({
    queries: wanted.map((run) =>
      orpc.pipelines.graph.queryOptions({ input: { workspace, run }, enabled: run !== "" }),
    ),
  });
  const children = useQueries({
    queries: wanted.map((parent) =>
      orpc.runs.list.queryOptions({
        input: { workspace, parent, view: "all", limit: 500 },
        enabled: parent !== "",
      }),
    ),
  });
  const [g0, g1] = [graphs[0]?.data, graphs[1]?.data];
  const [c0, c1] = [children[0]?.data, children[1]?.data];
  const found = useMemo(
    () =>
      [
        [g0, c0],
        [g1, c1],
      ].map(([graph, steps]) => {
        if (!graph || !steps || !("graph" in graph) || !("items" in steps)) return null;
        const metrics = new Map<string, StepMetrics>(steps.items.map((run) => [run.name, run.metrics]));
        return { graph, metrics };
      }),
    [g0, g1, c0, c1],
  );
  const error = [...graphs, ...children].find((query) => query.error)?.error ?? null;
  return { found, error };
}

function ComparisonTable({ workspace, rows }: { workspace: string; rows: readonly StepComparison[] }) {
  return (
    <ScrollRegion aria-label="Steps compared" className="overflow-x-auto">
      <table className="w-full min-w-[720px] text-body">
        <thead className="text-secondary text-ink-3">
          <tr className="border-line border-b">
            {["Step", "Baseline", "Compared", "Settings that differ", "Metrics that differ"].map((head) => (
              <th key={head} scope="col" className="h-8 pr-4 text-left font-medium">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={row.name}
              className={cn("border-line border-b align-top", row.differs && "bg-accent-tint/40")}
            >
              <th scope="row" className="py-2 pr-4 text-left text-name">
                {row.displayName}
                <span className="block font-normal text-code text-ink-3">{row.name}</span>
              </th>
              <td className="py-2 pr-4">
                <State workspace={workspace} step={row.before} />
              </td>
              <td className="py-2 pr-4">
                <State workspace={workspace} step={row.after} />
                <DurationChange ms={row.durationChangeMs} />
              </td>
              <td className="py-2 pr-4">
                <ul className="flex flex-col gap-1">
                  {row.settings.map(({ name, before, after }) => (
                    <li key={name} className="max-w-80 break-words">
                      <span className="text-ink-2">{name}:</span>{" "}
                      <del className="text-ink-3 no-underline">{shorten(before)}</del>{" "}
                      <span aria-hidden="true">→</span>{" "}
                      <ins className="font-medium no-underline">{shorten(after)}</ins>
                    </li>
                  ))}
                </ul>
              </td>
              <td className="py-2 pr-4 tabular-nums">
                <ul className="flex flex-col gap-1">
                  {row.metrics.map(({ name, before, after }) => (
                    <li key={name}>
                      <span className="text-code text-ink-2">{name}</span> {metricText(before)}{" "}
                      <span aria-hidden="true">→</span> {metricText(after)}{" "}
                      {typeof before === "number" && typeof after === "number" ? (
                        <span className="text-secondary text-ink-3">
                          {after > before ? "▲" : "▼"} {formatChange(after - before, after)}
                        </span>
                      ) : null}
                    </li>
                  ))}
                </ul>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function metricText(value: number | null | undefined): string {
  return value === undefined ? missing : formatMetric(value);
}

const mostCharacters = 120;

function shorten(text: string): string {
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters)} …` : text;
}

function State({ workspace, step }: { workspace: string; step: StepState | null }) {
  if (!step) return <span className="text-ink-3">{missing} not there</span>;
  const { kind, word } = describeStep(step);
  return (
    <span className="flex items-center gap-1.5">
      <StatusIcon kind={kind} size={14} />
      <Link className="link" href={`/${workspace}/runs/${step.runName}`}>
        {word}
      </Link>
      <span className="text-secondary text-ink-3 tabular-nums">
        <StepTime step={step} />
      </span>
    </span>
  );
}

const noticedMs = 100;

function DurationChange({ ms }: { ms: number | null }) {
  if (ms === null || Math.abs(ms) < noticedMs) return null;
  return (
    <span className="block text-secondary text-ink-3 tabular-nums">
      {ms > 0 ? "▲" : "▼"} {formatDuration(Math.abs(ms))}
    </span>
  );
}
