import type { ReactNode } from "react";
import { formatCount } from "#components/ui/format.ts";
import { Kbd } from "#components/ui/kbd.tsx";

export interface TableFootProps {
  /** Indexes of the rows in view. */
  first: number;
  last: number;
  loaded: number;
  total?: number | null | undefined;
  hasMore: boolean;
  loadingMore: boolean;
  keys: boolean;
  selectable: boolean;
  children?: ReactNode;
}

export function TableFoot(props: TableFootProps) {
  const { first, last, loaded, total, hasMore, loadingMore, keys, selectable, children } = props;
  const shown = `Rows ${formatCount(Math.min(first, loaded - 1) + 1)}–${formatCount(Math.min(last + 1, loaded))}`;
  const of =
    typeof total === "number" ? ` of ${formatCount(total)}` : hasMore ? "" : ` of ${formatCount(loaded)}`;
  return (
    <div className="flex h-9 flex-none items-center gap-4 border-line border-t bg-panel px-4 text-secondary text-ink-3 tabular-nums sm:px-6">
      <span>
        {shown}
        {of}
      </span>
      {hasMore ? (
        <span className="max-sm:hidden">{loadingMore ? "Loading more" : "Loads as you scroll"}</span>
      ) : null}
      {children}
      {keys ? (
        <span className="ml-auto flex items-center gap-2 max-wide:hidden">
          <Kbd keys="J K" split /> move
          {selectable ? (
            <>
              <span className="w-1" />
              <Kbd keys="X" /> select
            </>
          ) : null}
          <span className="w-1" />
          <Kbd keys="↵" /> open
        </span>
      ) : null}
    </div>
  );
}
