"use client";

import { useMemo } from "react";
import type { Column } from "#components/data-table/column.ts";
import { DataTable } from "#components/data-table/data-table.tsx";
import { Link } from "#components/ui/navigation.tsx";
import { componentHref } from "./component-words.ts";
import { readSteps, type StepRow } from "./read-steps.ts";

/** What a pipeline component is made of. */
export function ComponentSteps({ workspace, spec }: { workspace: string; spec: Record<string, unknown> }) {
  const rows = useMemo(() => readSteps(spec), [spec]);
  const columns = useMemo<Column<StepRow>[]>(
    () => [
      {
        key: "step",
        label: "Step",
        width: 200,
        render: (row) => <span className="truncate text-name">{row.name}</span>,
      },
      {
        key: "runs",
        label: "Runs",
        width: 260,
        grow: 1,
        render: ({ component, command }) =>
          component ? (
            <Link className="link truncate" href={componentHref(workspace, component.name)}>
              {component.name}
              {component.version ? ` v${component.version}` : ""}
            </Link>
          ) : (
            <span className="truncate text-code text-ink-2" title={command}>
              {command || "–"}
            </span>
          ),
      },
      { key: "after", label: "After", width: 200, grow: 1, render: (row) => row.needs.join(", ") || "–" },
    ],
    [workspace],
  );
  return (
    <DataTable
      label="Steps"
      rows={rows}
      columns={columns}
      rowKey={(row) => row.name}
      mode="fit"
      showFoot={false}
    />
  );
}
