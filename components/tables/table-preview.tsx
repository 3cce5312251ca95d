"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { MiniHistogram } from "#components/charts/mini-histogram.tsx";
import type { Column, Sort } from "#components/data-table/column.ts";
import { ColumnChooser } from "#components/data-table/column-chooser.tsx";
import { DataTable } from "#components/data-table/data-table.tsx";
import { describeColumn, formatCell, isNumeric, kindSign } from "#components/datasets/column-words.ts";
import { FilterBar } from "#components/datasets/filter-bar.tsx";
import { filterCodec } from "#components/datasets/filter-codec.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { formatCount } from "#components/ui/format.ts";
import { list, text } from "#components/ui/url-codec.ts";
import { useUrlState } from "#components/ui/use-url-state.ts";
import type { CellValue, ColumnProfile, RowsPage, RowsQuery, TableColumn } from "#lib/tables/model.ts";

const pageSize = 200;
/** More columns than this are hidden until they are chosen, so that wide tables stay fast. */
const shownColumns = 60;

const view = { sort: text(), columns: list(), filters: filterCodec };

interface GridRow {
  index: number;
  cells: CellValue[];
}

/** A name that no column of a table has. */
const rowNumber: Column<GridRow> = {
  key: "\u0000row",
  label: "Row",
  width: 64,
  align: "right",
  render: (row) => <span className="font-normal text-ink-3">{formatCount(row.index + 1)}</span>,
};

export interface TablePreviewProps {
  /** What the rows are of. */
  name: string;
  columns: readonly TableColumn[];
  rowCount: number | null;
  /** The profiles that are known. */
  profiles: readonly ColumnProfile[] | undefined;
  /** What a column says under its name beside its kind: a role. */
  noteOf?: ((column: TableColumn) => string) | undefined;
  /** Of this table, in the cache. */
  queryKey: readonly unknown[];
  readRows: (query: RowsQuery, signal: AbortSignal) => Promise<RowsPage>;
}

/** Rows as they are, sorted and filtered on the server; a histogram over each column. */
export function TablePreview(props: TablePreviewProps) {
  const { name, columns, rowCount, noteOf, queryKey, readRows } = props;
  const [state, setState] = useUrlState(view);
  const sort = useMemo<Sort | null>(() => {
    if (!state.sort) return null;
    const descending = state.sort.startsWith("-");
    return { key: descending ? state.sort.slice(1) : state.sort, direction: descending ? "desc" : "asc" };
  }, [state.sort]);
  const query = {
    limit: pageSize,
    filters: state.filters,
    ...(sort ? { sort: { column: sort.key, descending: sort.direction === "desc" } } : {}),
  };
  const rows = useInfiniteQuery({
    queryKey: [...queryKey, query],
    queryFn: ({ pageParam, signal }) => readRows({ ...query, offset: pageParam }, signal),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => (last.rows.length < pageSize ? undefined : pages.length * pageSize),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const data = useMemo<GridRow[]>(
    () => rows.data?.pages.flatMap((page) => page.rows).map((cells, index) => ({ index, cells })) ?? [],
    [rows.data],
  );
  const standard = useMemo(() => columns.slice(0, shownColumns).map((column) => column.name), [columns]);
  const visible = state.columns.length > 0 ? state.columns : standard;
  const profiles = useMemo(
    () => new Map(props.profiles?.map((column) => [column.name, column])),
    [props.profiles],
  );
  const gridColumns = useMemo<Column<GridRow>[]>(
    () => [
      rowNumber,
      ...columns.map((column, position) => {
        const known = profiles.get(column.name);
        const numeric = isNumeric(column);
        const caption = [kindSign[column.kind], noteOf?.(column), known ? describeColumn(known) : ""]
          .filter(Boolean)
          .join(" ");
        return {
          key: column.name,
          label: column.name,
          sortable: true,
          width: Math.min(220, Math.max(96, column.name.length * 8 + 56, caption.length * 6 + 20)),
          align: numeric ? "right" : "left",
          headExtra: (
            <span className="flex flex-col gap-0.5">
              {known ? <MiniHistogram column={known} width={76} height={20} /> : <span className="h-5" />}
              <span className="whitespace-nowrap font-normal text-caption text-ink-3">{caption}</span>
            </span>
          ),
          render: (row) => {
            const value = row.cells[position] ?? null;
            return value === null ? <i className="text-ink-3">missing</i> : formatCell(value);
          },
        } satisfies Column<GridRow>;
      }),
    ],
    [columns, profiles, noteOf],
  );
  const shown = useMemo(() => [rowNumber.key, ...visible], [visible]);
  const rowKey = useCallback((row: GridRow) => String(row.index), []);
  const matchCount = rows.data?.pages[0]?.matchCount;
  const filtered = state.filters.length > 0;
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 border-line border-b px-4 py-2 sm:px-6">
        <FilterBar columns={columns} filters={state.filters} onChange={(filters) => setState({ filters })} />
        <span className="ml-auto" />
        <ColumnChooser
          columns={columns.map((column) => ({ key: column.name, label: column.name }))}
          visible={visible}
          standard={standard}
          onVisibleChange={(next) => setState({ columns: next.join() === standard.join() ? [] : next })}
        />
      </div>
      <DataTable
        label={`Rows of ${name}`}
        rows={data}
        columns={gridColumns}
        visible={shown}
        rowKey={rowKey}
        rowHeight={27}
        headHeight={78}
        keepGrid
        sort={sort}
        onSortChange={(next) =>
          setState({ sort: next ? (next.direction === "desc" ? `-${next.key}` : next.key) : "" })
        }
        total={matchCount ?? null}
        hasMore={rows.hasNextPage}
        loadingMore={rows.isFetchingNextPage}
        onEndReached={() => void rows.fetchNextPage()}
        loading={rows.isPending}
        error={rows.error}
        onRetry={() => void rows.refetch()}
        foot={filtered && rowCount !== null ? `of ${formatCount(rowCount)} rows in all` : undefined}
        empty={
          <EmptyState
            variant="plain"
            title={filtered ? "No rows match" : "This table has no rows"}
            action={
              filtered ? <Button onClick={() => setState({ filters: [] })}>Show all rows</Button> : undefined
            }
          />
        }
      />
    </>
  );
}
