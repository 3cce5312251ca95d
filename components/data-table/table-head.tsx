"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { cn } from "#components/ui/cn.ts";
import { type Column, nextSort, type Sort, selectWidth } from "./column.ts";

export interface TableHeadProps<Row> {
  columns: readonly Column<Row>[];
  template: string;
  height: number;
  hidden: boolean;
  sort: Sort | null;
  onSortChange?: ((sort: Sort | null) => void) | undefined;
  selected?: boolean;
  some?: boolean;
  onSelectAll?: (on: boolean) => void;
}

export function TableHead<Row>(props: TableHeadProps<Row>) {
  const {
    columns,
    template,
    height,
    hidden,
    sort,
    onSortChange,
    selected = false,
    some = false,
    onSelectAll,
  } = props;
  return (
    <div role="rowgroup" className={cn("sticky top-0 z-10 bg-panel", hidden && "sr-only")}>
      <div
        role="row"
        aria-rowindex={1}
        className="grid border-line border-b"
        style={{ gridTemplateColumns: template, height }}
      >
        {onSelectAll ? (
          <div role="columnheader" className="sticky left-0 z-1 flex items-center bg-panel pl-6">
            <Checkbox
              aria-label="Select all loaded rows"
              checked={selected}
              indeterminate={some && !selected}
              onCheckedChange={(on) => onSelectAll(on)}
            />
          </div>
        ) : null}
        {columns.map((column, index) => (
          <div
            key={column.key}
            role="columnheader"
            aria-sort={
              sort?.key !== column.key ? undefined : sort.direction === "asc" ? "ascending" : "descending"
            }
            style={index === 0 ? { left: onSelectAll ? selectWidth : 0 } : undefined}
            className={cn(
              "flex min-w-0 flex-col justify-center px-2 text-label text-ink-3",
              column.align === "right" && "items-end",
              index === 0 && "sticky z-1 bg-panel",
              index === 0 && !onSelectAll && "pl-4 sm:pl-6",
              index === columns.length - 1 && "sm:pr-6",
            )}
          >
            <HeadLabel column={column} sort={sort} onSortChange={onSortChange} />
            {column.headExtra}
          </div>
        ))}
      </div>
    </div>
  );
}

function HeadLabel<Row>({
  column,
  sort,
  onSortChange,
}: {
  column: Column<Row>;
  sort: Sort | null;
  onSortChange?: ((sort: Sort | null) => void) | undefined;
}) {
  if (!column.sortable || !onSortChange) {
    return <span className={column.labelHidden ? "sr-only" : "max-w-full truncate"}>{column.label}</span>;
  }
  const active = sort?.key === column.key;
  const Arrow = active && sort.direction === "asc" ? ArrowUp : ArrowDown;
  return (
    <button
      type="button"
      onClick={() => onSortChange(nextSort(sort, column.key, column.align === "right" ? "desc" : "asc"))}
      className={cn(
        "group relative flex max-w-full items-center gap-1 rounded-tag hover:text-ink",
        active && "text-ink",
      )}
    >
      <span className="truncate">{column.label}</span>
      <Arrow
        size={12}
        aria-hidden="true"
        className={cn(
          !active && "absolute opacity-0 group-hover:opacity-60 group-focus-visible:opacity-60",
          !active && (column.align === "right" ? "right-full mr-1" : "left-full ml-1"),
        )}
      />
    </button>
  );
}
