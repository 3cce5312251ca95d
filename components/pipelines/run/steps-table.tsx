"use client";

import { useMemo } from "react";
import type { Column } from "#components/data-table/column.ts";
import { DataTable } from "#components/data-table/data-table.tsx";
import { Link } from "#components/ui/navigation.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { StatusIcon } from "#components/ui/status-icon.tsx";
import type { StepState } from "#lib/pipelines/model.ts";
import { StepTime } from "./step-list.tsx";
import { describeStep, inOrder } from "./step-words.ts";

/** Every step with its state; each links to its run, and a reused one to the run that made its results. */
export function StepsTable({ workspace, steps }: { workspace: string; steps: readonly StepState[] }) {
  const columns = useMemo<Column<StepState>[]>(
    () => [
      {
        key: "step",
        label: "Step",
        width: 240,
        grow: 2,
        render: (step) => (
          <span className="flex min-w-0 items-center gap-2">
            <StatusIcon kind={describeStep(step).kind} size={14} label />
            <Link href={`/${workspace}/runs/${step.runName}`} className="truncate text-name hover:underline">
              {step.displayName}
            </Link>
          </span>
        ),
      },
      { key: "name", label: "Name", width: 180, mono: true, render: (step) => step.name },
      { key: "status", label: "Status", width: 110, render: (step) => describeStep(step).word },
      {
        key: "duration",
        label: "Duration",
        width: 90,
        align: "right",
        render: (step) => <StepTime step={step} />,
      },
      {
        key: "fact",
        label: "What it did",
        width: 200,
        grow: 1,
        render: (step) => step.error?.message ?? step.fact ?? "–",
      },
      {
        key: "reused",
        label: "Made by",
        width: 200,
        render: ({ reusedRunName }) =>
          reusedRunName ? (
            <Link className="link" href={`/${workspace}/runs/${reusedRunName}`}>
              {reusedRunName}
            </Link>
          ) : (
            "this run"
          ),
      },
      {
        key: "started",
        label: "Started",
        width: 110,
        align: "right",
        render: ({ startedAt }) => (startedAt === null ? "–" : <RelativeTime at={startedAt} />),
      },
    ],
    [workspace],
  );
  const rows = useMemo(() => inOrder(steps), [steps]);
  return (
    <DataTable
      label="Steps"
      rows={rows}
      columns={columns}
      rowKey={(step) => step.name}
      narrow={(step) => ({
        title: columns[0]?.render(step, 0),
        detail: step.error?.message ?? step.fact ?? describeStep(step).word,
        aside: <StepTime step={step} />,
      })}
      total={rows.length}
    />
  );
}
