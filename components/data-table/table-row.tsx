"use client";

import type { MouseEvent } from "react";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { cn } from "#components/ui/cn.ts";
import { type Column, selectWidth } from "./column.ts";

export interface RowProps<Row> {
  row: Row;
  index: number;
  /** Its place, in pixels from the first row. */
  top: number;
  height: number;
  columns: readonly Column<Row>[];
  focusable: boolean;
  selected: boolean;
  onFocus: () => void;
  /** With Shift: the range from the last one. */
  onSelect: ((range: boolean) => void) | undefined;
}

export function TableRow<Row>(props: RowProps<Row> & { template: string }) {
  const { row, index, top, height, columns, template, focusable, selected, onFocus, onSelect } = props;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={onSelect ? selected : undefined}
      data-row={index}
      tabIndex={focusable ? 0 : -1}
      onFocus={onFocus}
      style={{ top, height, gridTemplateColumns: template }}
      className={cn(
        "absolute inset-x-0 grid border-line border-b focus-visible:-outline-offset-2",
        selected ? "bg-accent-tint" : "bg-panel hover:bg-hover",
      )}
    >
      {onSelect ? (
        <div role="gridcell" className="sticky left-0 z-1 flex items-center bg-inherit pl-6">
          <SelectBox index={index} selected={selected} onSelect={onSelect} />
        </div>
      ) : null}
      {columns.map((column, at) => (
        <div
          key={column.key}
          role={at === 0 ? "rowheader" : "gridcell"}
          style={at === 0 ? { left: onSelect ? selectWidth : 0 } : undefined}
          className={cn(
            "flex min-w-0 items-center overflow-hidden whitespace-nowrap px-2 text-body",
            column.align === "right" && "justify-end text-right tabular-nums",
            column.mono && "text-code",
            at === 0 && "sticky z-1 bg-inherit font-medium",
            at === 0 && !onSelect && "pl-4 sm:pl-6",
            at === columns.length - 1 && "sm:pr-6",
          )}
        >
          {column.render(row, index)}
        </div>
      ))}
    </div>
  );
}

export function SelectBox({
  index,
  selected,
  onSelect,
}: {
  index: number;
  selected: boolean;
  onSelect: (range: boolean) => void;
}) {
  return (
    <Checkbox
      aria-label={`Select row ${index + 1}`}
      checked={selected}
      tabIndex={-1}
      onCheckedChange={(_, event) => onSelect("shiftKey" in event && event.shiftKey === true)}
      onClick={(event: MouseEvent) => {
        // Shift with a click would mark the text between.
        if (event.shiftKey) window.getSelection()?.removeAllRanges();
      }}
    />
  );
}
