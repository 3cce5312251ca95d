"use client";

import { MiniHistogram } from "#components/charts/mini-histogram.tsx";
import { cn } from "#components/ui/cn.ts";
import { plural } from "#components/ui/format.ts";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import type { PreviewResult } from "#lib/designer/model.ts";
import { isSame } from "../model/is-same.ts";
import { useDesigner } from "../session/designer.ts";
import { useStore } from "../session/store.ts";
import { findChangedCells } from "./changed-cells.ts";
import { describeCell, describeColumnType } from "./describe-preview.ts";
import { usePreview } from "./use-preview.ts";

interface PreviewTableProps {
  result: PreviewResult;
  /** The step whose input it is compared with, to mark what the step changed; null: it is not. */
  compareTo: string | null;
  maxColumns: number;
  maxRows: number;
  large: boolean;
}

/** The only table that a step gets; with several it cannot be said which cell came of which. */
function useInputOf(node: string | null) {
  const source = useStore(
    useDesigner().model,
    ({ byId, edges }) => {
      const view = node === null ? undefined : byId.get(node);
      if (view?.kind !== "step" || view.definition?.kind !== "module") return null;
      const tables = view.inputs.filter(({ type }) => type === "data_frame");
      const [edge, ...others] = edges.filter(
        ({ to, toPort }) => to === node && tables.some(({ name }) => name === toPort),
      );
      return edge && others.length === 0 ? { node: edge.from, port: edge.fromPort } : null;
    },
    isSame,
  );
  const { preview, stale } = usePreview(source);
  return source !== null && !stale ? preview?.result : null;
}

/** Columns with their shape, and the first rows; what the step changed is underlined. */
export function PreviewTable({ result, compareTo, maxColumns, maxRows, large }: PreviewTableProps) {
  const before = useInputOf(compareTo);
  const changed = before ? findChangedCells(before, result) : null;
  const columns = result.columns.slice(0, maxColumns);
  const rows = result.head.slice(0, maxRows);
  const more = result.columns.length - columns.length;
  const marks = rows.some((_, at) => columns.some((__, index) => changed?.has(`${at}.${index}`)));
  // Five columns fit the card.
  const cell = large ? "max-w-36 px-3" : "max-w-20 px-1.5 first:pl-3 last:pr-3";
  return (
    <>
      <ScrollRegion
        aria-label="First rows"
        className={cn("overflow-auto border-line border-t", large ? "min-h-0 flex-1" : "max-h-72")}
      >
        <table className="w-full text-secondary">
          <thead>
            <tr className="align-top">
              {columns.map((column) => (
                <th key={column.name} scope="col" className={cn(cell, "pt-2 pb-1 text-left font-normal")}>
                  <div className="truncate text-label text-ink" title={column.name}>
                    {column.name}
                  </div>
                  <div className="truncate whitespace-nowrap text-caption text-ink-3">
                    {describeColumnType(column)}
                  </div>
                  <MiniHistogram
                    column={{ name: column.name, histogram: column.histogram?.bins ?? [] }}
                    width={large ? 64 : 50}
                    height={22}
                    className="mt-1"
                  />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <tr key={at} className="border-line border-t">
                {columns.map((column, index) => (
                  <td key={column.name} className={cn(cell, "truncate py-1 text-ink tabular-nums")}>
                    {changed?.has(`${at}.${index}`) ? (
                      <span className="border-warning border-b-2" title="Changed by this step">
                        {describeCell(row[index])}
                      </span>
                    ) : (
                      describeCell(row[index])
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {marks || result.fact || more > 0 ? (
        <footer className="flex flex-none items-center gap-3 border-line border-t px-3 py-2 text-secondary text-ink-3">
          {marks ? (
            <span className="flex flex-none items-center gap-1.5">
              <span aria-hidden="true" className="w-3 border-warning border-b-2" />
              changed by this step
            </span>
          ) : (
            <span className="truncate">{result.fact}</span>
          )}
          {more > 0 ? <span className="ml-auto flex-none">{plural(more, "more column")}</span> : null}
        </footer>
      ) : null}
    </>
  );
}
