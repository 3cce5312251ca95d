import { Skeleton } from "#components/ui/skeleton.tsx";
import type { Column } from "./column.ts";

export interface SkeletonTableProps<Row> {
  columns: readonly Column<Row>[];
  template: string;
  rowHeight: number;
  selectable: boolean;
  narrow: boolean;
}

/** Rows of grey bars where the columns will be. */
export function SkeletonTable<Row>({
  columns,
  template,
  rowHeight,
  selectable,
  narrow,
}: SkeletonTableProps<Row>) {
  return (
    <div role="rowgroup">
      {Array.from({ length: 10 }, (_, index) => (
        <div
          key={index}
          role="row"
          className="grid items-center border-line border-b"
          style={{ height: rowHeight, gridTemplateColumns: narrow ? "1fr auto" : template }}
        >
          {selectable && !narrow ? (
            <div role="gridcell" className="pl-6">
              <Skeleton className="size-3.5" />
            </div>
          ) : null}
          {(narrow ? columns.slice(0, 2) : columns).map((column, at) => (
            <div
              key={column.key}
              role="gridcell"
              className={at === 0 && !selectable ? "px-2 pl-4 sm:pl-6" : "px-2"}
            >
              <Skeleton
                className={
                  at === 0
                    ? (["w-40", "w-28", "w-48"][index % 3] ?? "w-40")
                    : column.align === "right"
                      ? "ml-auto w-12"
                      : "w-16"
                }
              />
              <span className="sr-only">Loading</span>
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
