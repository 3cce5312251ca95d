"use client";

import type { ReactNode } from "react";
import { SeriesKey } from "#components/charts/marker.tsx";
import { cn } from "#components/ui/cn.ts";
import { missing } from "#components/ui/format.ts";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { formatDuration } from "#lib/core/duration.ts";
import type { RunDetails } from "#lib/runs/model.ts";
import { compareMetrics, compareParams, type MetricCell, type MetricRow } from "../differences.ts";
import { formatChange, formatMetric } from "../format-metric.ts";

export interface DifferencesTableProps {
  runs: readonly RunDetails[];
  onlyDiffering: boolean;
}

/** Parameters, metrics and what else is said of runs, one row each, against the first run. */
export function DifferencesTable({ runs, onlyDiffering }: DifferencesTableProps) {
  const keep = <Row extends { differs: boolean }>(rows: Row[]) =>
    onlyDiffering && runs.length > 1 ? rows.filter((row) => row.differs) : rows;
  const params = keep(compareParams(runs));
  const metrics = keep(compareMetrics(runs));
  const facts = keep(factRows(runs));
  const span = runs.length + 1;
  return (
    <ScrollRegion aria-label="Differences, table" className="overflow-x-auto">
      <table className="w-full border-collapse text-body">
        <thead>
          <tr className="border-line border-b">
            <th
              scope="col"
              className="sticky left-0 h-8 min-w-28 bg-panel pr-3 text-left font-normal text-secondary text-ink-3"
            >
              Compared with the baseline
            </th>
            {runs.map((run, index) => (
              <th key={run.name} scope="col" className="min-w-20 px-1.5 text-right" title={run.displayName}>
                <span className="inline-flex justify-end">
                  <SeriesKey index={index} />
                </span>
                <span className="sr-only">{run.displayName}</span>
              </th>
            ))}
          </tr>
        </thead>
        <Group
          title={onlyDiffering ? "Parameters that differ" : "Parameters"}
          span={span}
          empty={emptyText(params, "parameter")}
        >
          {params.map((row) => (
            <Row key={row.key} name={row.key} mono>
              {row.cells.map((cell, index) => (
                <td
                  key={runs[index]?.name}
                  className={cn(
                    "max-w-40 truncate px-1.5 text-right tabular-nums",
                    cell.differs && "bg-accent-tint",
                  )}
                  title={cell.text ?? undefined}
                >
                  {cell.text ?? missing}
                </td>
              ))}
            </Row>
          ))}
        </Group>
        <Group title="Metrics" span={span} empty={emptyText(metrics, "metric")}>
          {metrics.map((row) => (
            <Row key={row.key} name={row.key} mono>
              {row.cells.map((cell, index) => (
                <td key={runs[index]?.name} className="whitespace-nowrap px-1.5 text-right tabular-nums">
                  <Change cell={cell} row={row} />{" "}
                  <span className={cn(cell.best && "font-semibold")}>{formatMetric(cell.value)}</span>
                </td>
              ))}
            </Row>
          ))}
        </Group>
        <Group title="Run" span={span} empty={emptyText(facts, "fact")}>
          {facts.map((row) => (
            <Row key={row.key} name={row.key}>
              {row.cells.map((cell, index) => (
                <td
                  key={runs[index]?.name}
                  className={cn(
                    "max-w-40 truncate px-1.5 text-right tabular-nums",
                    cell.differs && "bg-accent-tint",
                  )}
                  title={cell.text}
                >
                  {cell.text}
                </td>
              ))}
            </Row>
          ))}
        </Group>
      </table>
    </ScrollRegion>
  );
}

function emptyText(rows: readonly unknown[], noun: string): string | null {
  return rows.length > 0 ? null : `No ${noun} differs`;
}

function Group(props: { title: string; span: number; empty: string | null; children: ReactNode }) {
  return (
    <tbody>
      <tr className="border-line border-b">
        <th scope="rowgroup" colSpan={props.span} className="h-8 pt-1 text-left text-name">
          {props.title}
        </th>
      </tr>
      {props.empty ? (
        <tr>
          <td colSpan={props.span} className="h-8 text-secondary text-ink-3">
            {props.empty}
          </td>
        </tr>
      ) : null}
      {props.children}
    </tbody>
  );
}

function Row({ name, mono, children }: { name: string; mono?: boolean; children: ReactNode }) {
  return (
    <tr className="border-line border-b">
      <th
        scope="row"
        className={cn(
          "sticky left-0 h-7 max-w-48 truncate bg-panel pr-3 text-left font-normal text-ink-2",
          mono && "text-code",
        )}
        title={name}
      >
        {name}
      </th>
      {children}
    </tr>
  );
}

/** ▲ and ▼ with the difference; coloured only where the name tells what is better. */
function Change({ cell, row }: { cell: MetricCell; row: MetricRow }) {
  if (cell.change === null) return null;
  const up = cell.change > 0;
  const tone =
    row.better === "none" ? "text-ink-3" : up === (row.better === "up") ? "text-completed" : "text-failed";
  return (
    <span className={cn("text-secondary", tone)}>
      <span aria-hidden="true">{up ? "▲" : "▼"}</span>
      <span className="sr-only">{up ? "more by" : "less by"} </span>
      {formatChange(cell.change, cell.value ?? 0)}
    </span>
  );
}

interface FactRow {
  key: string;
  cells: { text: string; differs: boolean }[];
  differs: boolean;
}

const facts: readonly { key: string; read: (run: RunDetails) => string | null | undefined }[] = [
  { key: "Status", read: (run) => run.status },
  { key: "Duration", read: (run) => (run.durationMs === null ? null : formatDuration(run.durationMs)) },
  { key: "Experiment", read: (run) => run.experimentName },
  { key: "Environment", read: (run) => run.environment },
  { key: "Compute", read: (run) => run.compute },
  { key: "Code", read: (run) => run.snapshot?.digest.slice(0, 8) },
  { key: "Data", read: dataOf },
  { key: "By", read: (run) => run.createdBy?.name ?? run.userName },
];

function dataOf(run: RunDetails): string {
  const named = run.inputs.flatMap(({ asset }) => (asset ? `${asset.name}:${asset.version}` : []));
  return named.join(", ");
}

function factRows(runs: readonly RunDetails[]): FactRow[] {
  return facts.map(({ key, read }) => {
    const texts = runs.map((run) => read(run) || missing);
    const cells = texts.map((text) => ({ text, differs: text !== texts[0] }));
    return { key, cells, differs: cells.some((cell) => cell.differs) };
  });
}
