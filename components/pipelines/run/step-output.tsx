"use client";

import { useQuery } from "@tanstack/react-query";
import { Box, ChartSpline, Database, Table2 } from "lucide-react";
import { useState } from "react";
import { MiniHistogram } from "#components/charts/mini-histogram.tsx";
import { describeColumn, formatCell, isNumeric } from "#components/datasets/column-words.ts";
import { EvaluationPane } from "#components/evaluation/evaluation-pane.tsx";
import { ExplanationsView } from "#components/evaluation/explanations-view.tsx";
import { RegisterOutput } from "#components/run-outputs/register-output.tsx";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { ErrorState } from "#components/ui/error-state.tsx";
import { formatBytes, formatCount } from "#components/ui/format.ts";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { SkeletonText } from "#components/ui/skeleton.tsx";
import { text } from "#components/ui/url-codec.ts";
import { useUrlState } from "#components/ui/use-url-state.ts";
import { orpc } from "#lib/api/client.ts";
import type { OutputView } from "#lib/run-outputs/model.ts";

/** The output whose evaluation is open. */
const view = { evaluation: text() };
const shownRows = 5;
const shownColumns = 24;

export interface StepOutputProps {
  workspace: string;
  run: string;
  output: string;
  mayChange: boolean;
}

/** What a step wrote to one port, at a glance: columns with their shapes and the first rows, or what the model is. */
export function StepOutput({ workspace, run, output, mayChange }: StepOutputProps) {
  const [registering, setRegistering] = useState<"dataset" | "model" | null>(null);
  const [{ evaluation }, setView] = useUrlState(view);
  const found = useQuery(
    orpc.runOutputs.get.queryOptions({ input: { workspace, run, output }, staleTime: 60_000 }),
  );
  if (found.error) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  const held = found.data;
  if (!held) return <SkeletonText lines={3} />;
  const isModel = held.model !== null || ["trained_model", "transform"].includes(held.type);
  const page = `/${workspace}/runs/${run}?${new URLSearchParams({ tab: "outputs", of: `outputs.${output}` })}`;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-baseline gap-x-2">
        <h3 className="text-name">{output.replaceAll("_", " ")}</h3>
        <span className="text-secondary text-ink-3 tabular-nums">{shapeOf(held)}</span>
      </div>
      {held.table ? <FirstRows workspace={workspace} run={run} output={held} /> : null}
      {held.hasExplanations ? (
        <ExplanationsView workspace={workspace} runName={run} outputName={output} />
      ) : null}
      {held.pictures.map((path) => (
        <img
          key={path}
          alt={path}
          loading="lazy"
          className="max-w-full rounded-card border border-line bg-subtle"
          src={`/api/v1/workspaces/${workspace}/runs/${run}/file?${new URLSearchParams({ of: `outputs.${output}`, path })}`}
        />
      ))}
      <div className="flex flex-wrap gap-2">
        {held.hasEvaluation ? (
          <Button
            size="sm"
            variant="primary"
            icon={<ChartSpline size={14} />}
            onClick={() => setView({ evaluation: output })}
          >
            Evaluation
          </Button>
        ) : null}
        <ButtonLink size="sm" icon={<Table2 size={14} />} href={page}>
          Open
        </ButtonLink>
        {mayChange ? (
          <Button
            size="sm"
            icon={isModel ? <Box size={14} /> : <Database size={14} />}
            onClick={() => setRegistering(isModel ? "model" : "dataset")}
          >
            {isModel ? "Register as model" : "Register as dataset"}
          </Button>
        ) : null}
      </div>
      {registering ? (
        <RegisterOutput
          workspace={workspace}
          kind={registering}
          run={run}
          output={held}
          onClose={() => setRegistering(null)}
        />
      ) : null}
      {held.hasEvaluation && evaluation === output ? (
        <EvaluationPane
          workspace={workspace}
          runName={run}
          outputName={output}
          onClose={() => setView({ evaluation: "" })}
        />
      ) : null}
    </div>
  );
}

function shapeOf({ table, model, sizeBytes, type }: OutputView): string {
  if (table)
    return `${formatCount(table.rowCount)} × ${formatCount(table.columns.length)}, ${formatBytes(sizeBytes)}`;
  if (model) {
    const kind = `${model.learner.replaceAll("_", " ")}, ${formatCount(model.featureCount)} features`;
    return model.label ? `${kind}, label ${model.label}` : kind;
  }
  return `${type.replaceAll("_", " ")}, ${formatBytes(sizeBytes)}`;
}

function FirstRows({ workspace, run, output }: { workspace: string; run: string; output: OutputView }) {
  const one = { workspace, run, output: output.name };
  const rows = useQuery(
    orpc.runOutputs.rows.queryOptions({
      input: { ...one, query: { limit: shownRows } },
      staleTime: Number.POSITIVE_INFINITY,
    }),
  );
  const profile = useQuery(
    orpc.runOutputs.profile.queryOptions({ input: one, staleTime: Number.POSITIVE_INFINITY }),
  );
  const columns = (output.table?.columns ?? []).slice(0, shownColumns);
  const profiles = new Map(profile.data?.columns.map((column) => [column.name, column]));
  return (
    <ScrollRegion aria-label={`First rows of ${output.name}`} className="overflow-x-auto">
      <table className="text-secondary tabular-nums">
        <thead>
          <tr className="border-line border-b align-top">
            {columns.map((column) => {
              const known = profiles.get(column.name);
              return (
                <th key={column.name} scope="col" className="min-w-20 pr-4 pb-1 text-left font-medium">
                  <span className="block whitespace-nowrap">{column.name}</span>
                  <span className="block whitespace-nowrap font-normal text-caption text-ink-3">
                    {column.kind}
                    {known ? `, ${describeColumn(known)}` : ""}
                  </span>
                  {known ? <MiniHistogram column={known} width={64} height={18} /> : null}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows.data?.rows.map((cells, line) => (
            <tr key={line} className="border-line border-b">
              {columns.map((column, index) => {
                const value = cells[index] ?? null;
                return (
                  <td
                    key={column.name}
                    className={cn("h-6 max-w-40 truncate pr-4", isNumeric(column) && "text-right")}
                  >
                    {value === null ? <i className="text-ink-3">missing</i> : formatCell(value)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
