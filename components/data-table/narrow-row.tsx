"use client";

import type { ReactNode } from "react";
import { cn } from "#components/ui/cn.ts";
import type { RowProps } from "./table-row.tsx";
import { SelectBox } from "./table-row.tsx";

export interface NarrowView {
  /** The name, a link. */
  title: ReactNode;
  /** The second line. */
  detail?: ReactNode;
  /** At the right: the one number or time that matters. */
  aside?: ReactNode;
}

/** A row under 640 px: two lines. Without a view of its own: the first column, the two after it, the last. */
export function NarrowRow<Row>(props: RowProps<Row> & { view: NarrowView | undefined }) {
  const { row, index, top, height, columns, focusable, selected, onFocus, onSelect, view } = props;
  const [first, ...rest] = columns;
  const last = rest.length > 2 ? rest.at(-1) : undefined;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={onSelect ? selected : undefined}
      data-row={index}
      tabIndex={focusable ? 0 : -1}
      onFocus={onFocus}
      style={{ top, height }}
      className={cn(
        "absolute inset-x-0 flex items-center gap-3 border-line border-b px-4 focus-visible:-outline-offset-2",
        selected ? "bg-accent-tint" : "bg-panel",
      )}
    >
      {onSelect ? (
        <div role="gridcell" className="flex">
          <SelectBox index={index} selected={selected} onSelect={onSelect} />
        </div>
      ) : null}
      <div role="rowheader" className="min-w-0 flex-1">
        <div className="truncate text-name">{view ? view.title : first?.render(row, index)}</div>
        <div className="flex min-w-0 items-center gap-2 truncate text-secondary text-ink-3">
          {view
            ? view.detail
            : rest.slice(0, 2).map((column) => (
                <span key={column.key} className="min-w-0 truncate">
                  {column.render(row, index)}
                </span>
              ))}
        </div>
      </div>
      <div role="gridcell" className="flex-none text-right text-secondary text-ink-2 tabular-nums">
        {view ? view.aside : last?.render(row, index)}
      </div>
    </div>
  );
}
