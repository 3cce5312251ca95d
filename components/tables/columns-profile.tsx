"use client";

import { useMemo } from "react";
import { MiniHistogram } from "#components/charts/mini-histogram.tsx";
import type { Column } from "#components/data-table/column.ts";
import { DataTable } from "#components/data-table/data-table.tsx";
import type { NarrowView } from "#components/data-table/narrow-row.tsx";
import { formatMaybe, isNumeric, kindSign, kindWord } from "#components/datasets/column-words.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Facts } from "#components/ui/facts.tsx";
import { formatCount, formatNumber, formatPercent } from "#components/ui/format.ts";
import { SearchInput } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { type ColumnProfile, columnKinds } from "#lib/tables/model.ts";

export const profileKinds = ["all", ...columnKinds] as const;

/** What of a profile is shown: the columns whose name holds a text, of a kind, and one of them in full. */
export interface ProfileView {
  find: string;
  kind: (typeof profileKinds)[number];
  column: string;
}

function topValues(column: ColumnProfile): string {
  const present = column.count - column.missingCount;
  if (present === 0) return "–";
  const first = column.histogram
    .slice(0, 3)
    .map((bin) => `${bin.label} ${formatPercent(bin.count / present)}`);
  const more = column.distinctCount - first.length;
  return more > 0 ? `${first.join("   ")}   ${formatCount(more)} more` : first.join("   ");
}

function numberOr(value: number | null): string {
  return value === null ? "–" : formatNumber(value);
}

const columns: Column<ColumnProfile>[] = [
  {
    key: "name",
    label: "Column",
    width: 180,
    grow: 1,
    render: (row) => (
      <span className="flex min-w-0 items-center gap-2">
        <span className="w-8 flex-none text-caption text-ink-3">{kindSign[row.kind]}</span>
        <span className="truncate text-name">{row.name}</span>
      </span>
    ),
  },
  {
    key: "values",
    label: "Values",
    width: 130,
    render: (row) => <MiniHistogram column={row} width={108} height={24} />,
  },
  {
    key: "missing",
    label: "Missing",
    width: 80,
    align: "right",
    render: (row) =>
      row.missingCount === 0 ? (
        <span className="text-ink-3">0</span>
      ) : (
        <span className="text-warning">{formatPercent(row.missingCount / row.count)}</span>
      ),
  },
  {
    key: "distinct",
    label: "Distinct",
    width: 84,
    align: "right",
    render: (row) => formatCount(row.distinctCount),
  },
  {
    key: "min",
    label: "Min",
    width: 100,
    align: "right",
    render: (row) => (isNumeric(row) || row.kind === "datetime" ? formatMaybe(row.min) : "–"),
  },
  {
    key: "median",
    label: "Median",
    width: 100,
    align: "right",
    render: (row) => (isNumeric(row) || row.kind === "datetime" ? formatMaybe(row.median) : "–"),
  },
  {
    key: "max",
    label: "Max",
    width: 100,
    align: "right",
    render: (row) => (isNumeric(row) || row.kind === "datetime" ? formatMaybe(row.max) : "–"),
  },
  { key: "mean", label: "Mean", width: 90, align: "right", render: (row) => numberOr(row.mean) },
  {
    key: "std",
    label: "Std dev",
    width: 90,
    align: "right",
    render: (row) => numberOr(row.standardDeviation),
  },
  {
    key: "top",
    label: "Most frequent",
    width: 300,
    grow: 1,
    render: (row) => (isNumeric(row) || row.kind === "datetime" ? "" : topValues(row)),
  },
];

/** What stands under a name: a range, or what is there most. */
function gistOf(row: ColumnProfile): string {
  if (row.missingCount === row.count) return "nothing";
  return isNumeric(row) || row.kind === "datetime"
    ? `${formatMaybe(row.min)} to ${formatMaybe(row.max)}, median ${formatMaybe(row.median)}`
    : topValues(row);
}

function narrowRow(row: ColumnProfile): NarrowView {
  return {
    title: row.name,
    detail: (
      <>
        <span className="flex-none">{kindSign[row.kind]}</span>
        {row.missingCount > 0 ? (
          <span className="flex-none text-warning">
            {formatPercent(row.missingCount / row.count)} missing
          </span>
        ) : null}
        <span className="truncate">{gistOf(row)}</span>
      </>
    ),
    aside: <MiniHistogram column={row} width={76} height={24} />,
  };
}

function ColumnFacts({ column }: { column: ColumnProfile }) {
  const ordered = isNumeric(column) || column.kind === "datetime";
  return (
    <aside
      aria-label={`Profile of ${column.name}`}
      className="w-76 flex-none overflow-y-auto border-line border-l px-5 py-4 max-wide:hidden"
    >
      <div className="mb-3 flex items-center gap-2">
        <h2 className="min-w-0 truncate text-section">{column.name}</h2>
        <Tag>{kindWord[column.kind]}</Tag>
      </div>
      <MiniHistogram column={column} width={264} height={110} />
      <div className="mt-4">
        <Facts
          variant="values"
          items={[
            { label: "count", value: formatCount(column.count) },
            { label: "missing", value: formatCount(column.missingCount) },
            { label: "distinct", value: formatCount(column.distinctCount) },
            ...(ordered
              ? [
                  { label: "min", value: formatMaybe(column.min) },
                  { label: "25%", value: formatMaybe(column.q25) },
                  { label: "median", value: formatMaybe(column.median) },
                  { label: "75%", value: formatMaybe(column.q75) },
                  { label: "max", value: formatMaybe(column.max) },
                ]
              : []),
            ...(isNumeric(column)
              ? [
                  { label: "mean", value: numberOr(column.mean) },
                  { label: "standard deviation", value: numberOr(column.standardDeviation) },
                  { label: "skewness", value: numberOr(column.skewness) },
                  { label: "kurtosis", value: numberOr(column.kurtosis) },
                ]
              : column.histogram.map((bin) => ({
                  label: bin.label || "(empty)",
                  value: formatCount(bin.count),
                }))),
          ]}
        />
      </div>
    </aside>
  );
}

export interface ColumnsProfileProps {
  /** What the columns are of. */
  name: string;
  /** Not there yet: undefined. */
  columns: readonly ColumnProfile[] | undefined;
  loading: boolean;
  error: unknown;
  onRetry: () => void;
  view: ProfileView;
  onViewChange: (view: Partial<ProfileView>) => void;
}

/** What each column holds: shape, gaps, range. */
export function ColumnsProfile(props: ColumnsProfileProps) {
  const { name, columns: all, loading, error, onRetry, view, onViewChange } = props;
  const rows = useMemo(() => {
    const needle = view.find.toLowerCase();
    return (all ?? []).filter(
      (column) =>
        column.name.toLowerCase().includes(needle) && (view.kind === "all" || column.kind === view.kind),
    );
  }, [all, view.find, view.kind]);
  const chosen = rows.find((column) => column.name === view.column) ?? rows[0];
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 border-line border-b px-4 py-2 sm:px-6">
        <SearchInput
          size="lg"
          className="max-w-56"
          label="Find a column"
          placeholder="Find a column"
          value={view.find}
          onValueChange={(find) => onViewChange({ find })}
        />
        <Select
          aria-label="Types"
          variant="button"
          size="lg"
          options={profileKinds.map((kind) => ({
            value: kind,
            label: kind === "all" ? "All types" : kindWord[kind],
          }))}
          value={view.kind}
          onValueChange={(kind) => onViewChange({ kind })}
        />
      </div>
      <div className="flex min-h-0 flex-1">
        <DataTable
          label={`Columns of ${name}`}
          rows={rows}
          columns={columns}
          rowKey={(row) => row.name}
          rowHeight={36}
          narrow={narrowRow}
          keys
          onOpen={(row) => onViewChange({ column: row.name })}
          loading={loading}
          error={error}
          onRetry={onRetry}
          total={all?.length ?? null}
          empty={<EmptyState variant="plain" title="No column matches" />}
          className="min-w-0"
        />
        {chosen ? <ColumnFacts column={chosen} /> : null}
      </div>
    </>
  );
}
