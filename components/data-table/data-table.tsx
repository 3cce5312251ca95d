"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useMemo, useRef } from "react";
import { cn } from "#components/ui/cn.ts";
import { ErrorState } from "#components/ui/error-state.tsx";
import { useNarrow } from "#components/ui/use-media.ts";
import { BulkBar } from "./bulk-bar.tsx";
import { type Column, gridOf, pickColumns, type Sort } from "./column.ts";
import { NarrowRow, type NarrowView } from "./narrow-row.tsx";
import { toggleKey, toggleRange } from "./selection.ts";
import { SkeletonTable } from "./skeleton-table.tsx";
import { TableFoot } from "./table-foot.tsx";
import { TableHead } from "./table-head.tsx";
import { TableRow } from "./table-row.tsx";
import { useRowKeys } from "./use-row-keys.ts";

export interface DataTableProps<Row> {
  /** The accessible name: "Runs". */
  label: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  rowKey: (row: Row) => string;
  /** Keys of the columns to show, in order; all by default. The first one stays in view. */
  visible?: readonly string[] | undefined;
  /** 27 in data grids, 32 (default), 36, 44 with two lines. */
  rowHeight?: number | undefined;
  headHeight?: number | undefined;
  /** Enter on a row. */
  onOpen?: ((row: Row) => void) | undefined;
  sort?: Sort | null | undefined;
  onSortChange?: ((sort: Sort | null) => void) | undefined;
  selection?: ReadonlySet<string> | undefined;
  onSelectionChange?: ((selection: Set<string>) => void) | undefined;
  /** Verbs of the dark bar, as `on-dark` buttons. */
  bulkVerbs?: ReactNode;
  /** How many there are, when it is known. */
  total?: number | null | undefined;
  hasMore?: boolean | undefined;
  loadingMore?: boolean | undefined;
  /** The end is near: fetch the next page. */
  onEndReached?: (() => void) | undefined;
  /** Nothing has come yet. */
  loading?: boolean | undefined;
  error?: unknown;
  onRetry?: (() => void) | undefined;
  /** In place of the rows when there are none: an `EmptyState`. */
  empty?: ReactNode;
  /** Two lines under 640 px; made from the columns unless given. */
  narrow?: ((row: Row) => NarrowView) | undefined;
  /** Under 640 px it stays a grid that scrolls sideways: its cells say nothing without their heads. */
  keepGrid?: boolean | undefined;
  /** `fill` scrolls inside its parent's height; `fit` is as high as its rows and does not virtualise. */
  mode?: "fill" | "fit" | undefined;
  /** In the foot, after the count. */
  foot?: ReactNode;
  /** Off: no foot. */
  showFoot?: boolean | undefined;
  /** J, K, X and Enter act on this table. Only one on a page. */
  keys?: boolean | undefined;
  className?: string | undefined;
}

const nobody: ReadonlySet<string> = new Set();

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, rows, rowKey, selection = nobody, onSelectionChange, onOpen, mode = "fill" } = props;
  const narrow = useNarrow() && !props.keepGrid;
  const scroller = useRef<HTMLDivElement>(null);
  const anchor = useRef<string | null>(null);
  const selectable = onSelectionChange !== undefined;
  const columns = useMemo(() => pickColumns(props.columns, props.visible), [props.columns, props.visible]);
  const grid = gridOf(columns as Column<never>[], selectable);
  const rowHeight = narrow ? 60 : (props.rowHeight ?? 32);
  const headHeight = narrow ? 0 : (props.headHeight ?? 32);
  const keys = useMemo(() => rows.map(rowKey), [rows, rowKey]);

  const virtualizer = useVirtualizer({
    count: mode === "fill" ? rows.length : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    scrollPaddingStart: headHeight,
    scrollPaddingEnd: 16,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new row height must be measured again
  useEffect(() => virtualizer.measure(), [rowHeight, virtualizer]);

  function select(key: string, range: boolean) {
    if (!onSelectionChange) return;
    onSelectionChange(range ? toggleRange(selection, keys, anchor.current, key) : toggleKey(selection, key));
    anchor.current = key;
  }

  const { cursor, setCursor, onKeyDown } = useRowKeys({
    on: props.keys ?? false,
    count: rows.length,
    scroller,
    scrollTo: (index) => virtualizer.scrollToIndex(index),
    open: (index) => {
      const row = rows[index];
      if (row !== undefined) onOpen?.(row);
    },
    select: (index, range) => {
      const key = keys[index];
      if (key !== undefined) select(key, range);
    },
    selectable,
    clear: selection.size > 0 ? () => onSelectionChange?.(new Set()) : undefined,
  });

  const items =
    mode === "fit"
      ? rows.map((_, index) => ({ index, start: index * rowHeight }))
      : virtualizer.getVirtualItems().map(({ index, start }) => ({ index, start }));
  const last = items.at(-1)?.index ?? -1;
  const { hasMore, loadingMore, onEndReached } = props;
  const asked = useRef(-1);
  useEffect(() => {
    if (!hasMore || loadingMore || last < rows.length - 12 || asked.current === rows.length) return;
    asked.current = rows.length;
    onEndReached?.();
  }, [hasMore, loadingMore, onEndReached, last, rows.length]);

  const failed = props.error !== undefined && props.error !== null;
  const waiting = rows.length === 0 && props.loading && !failed;
  return (
    <div className={cn("relative flex min-h-0 flex-col", mode === "fill" && "flex-1", props.className)}>
      <div
        ref={scroller}
        className={cn(
          "relative min-h-0 overscroll-contain",
          mode === "fill" ? "flex-1 overflow-auto" : "overflow-x-auto",
        )}
      >
        <div
          role="grid"
          aria-label={label}
          aria-rowcount={(props.total ?? rows.length) + 1}
          aria-colcount={columns.length + (selectable ? 1 : 0)}
          aria-multiselectable={selectable || undefined}
          aria-busy={props.loading || undefined}
          tabIndex={rows.length === 0 ? -1 : undefined}
          onKeyDown={onKeyDown}
          style={narrow ? undefined : { minWidth: grid.minWidth }}
        >
          <TableHead
            columns={columns}
            template={grid.template}
            height={headHeight}
            hidden={narrow}
            sort={props.sort ?? null}
            onSortChange={props.onSortChange}
            {...(selectable
              ? {
                  selected: keys.length > 0 && keys.every((key) => selection.has(key)),
                  some: keys.some((key) => selection.has(key)),
                  onSelectAll: (on: boolean) =>
                    onSelectionChange(on ? new Set([...selection, ...keys]) : new Set()),
                }
              : {})}
          />
          {waiting ? (
            <SkeletonTable
              columns={columns}
              template={grid.template}
              rowHeight={rowHeight}
              selectable={selectable}
              narrow={narrow}
            />
          ) : (
            <div role="rowgroup" className="relative" style={{ height: rows.length * rowHeight }}>
              {items.map(({ index, start }) => {
                const row = rows[index];
                const key = keys[index];
                if (row === undefined || key === undefined) return null;
                const common = {
                  index,
                  top: start,
                  height: rowHeight,
                  focusable: index === cursor,
                  selected: selection.has(key),
                  onFocus: () => setCursor(index),
                  onSelect: selectable ? (range: boolean) => select(key, range) : undefined,
                };
                return narrow ? (
                  <NarrowRow key={key} row={row} columns={columns} view={props.narrow?.(row)} {...common} />
                ) : (
                  <TableRow key={key} row={row} columns={columns} template={grid.template} {...common} />
                );
              })}
            </div>
          )}
        </div>
        {failed ? <ErrorState error={props.error} onRetry={props.onRetry} className="m-4 sm:mx-6" /> : null}
        {rows.length === 0 && !waiting && !failed ? <div className="sm:px-2">{props.empty}</div> : null}
      </div>
      {selection.size > 0 && onSelectionChange ? (
        <BulkBar count={selection.size} onClear={() => onSelectionChange(new Set())}>
          {props.bulkVerbs}
        </BulkBar>
      ) : null}
      {props.showFoot === false || rows.length === 0 ? null : (
        <TableFoot
          first={mode === "fit" ? 0 : (virtualizer.range?.startIndex ?? 0)}
          last={mode === "fit" ? rows.length - 1 : (virtualizer.range?.endIndex ?? 0)}
          loaded={rows.length}
          total={props.total}
          hasMore={hasMore ?? false}
          loadingMore={loadingMore ?? false}
          keys={props.keys ?? false}
          selectable={selectable}
        >
          {props.foot}
        </TableFoot>
      )}
    </div>
  );
}
