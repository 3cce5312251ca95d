"use client";

import { MiniHistogram } from "#components/charts/mini-histogram.tsx";
import { BusyRing, Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { plural } from "#components/ui/format.ts";
import { StatusIcon } from "#components/ui/status-icon.tsx";
import type { PreviewError, PreviewResult } from "#lib/designer/model.ts";
import { select } from "../session/acts.ts";
import { useDesigner } from "../session/designer.ts";
import { describeCell, describeColumnType, describePreview } from "./describe-preview.ts";
import type { PortPreview } from "./use-preview.ts";

interface PreviewBodyProps {
  port: PortPreview;
  maxColumns: number;
  maxRows: number;
  large?: boolean | undefined;
}

export function PreviewBody({ port, maxColumns, maxRows, large }: PreviewBodyProps) {
  const { preview, stale, loading, error } = port;
  if (error && !preview)
    return <Problem message={error instanceof Error ? error.message : String(error)} onRetry={port.retry} />;
  if (!preview || (loading && !preview.result))
    return (
      <p className="flex items-center gap-2 px-3 py-4 text-secondary text-ink-3">
        <BusyRing />
        {preview?.status === "queued" ? "Waiting for the worker" : "Computing on a sample"}
      </p>
    );
  if (preview.status === "on_request")
    return (
      <div className="flex flex-col items-start gap-2 px-3 py-3 text-secondary text-ink-2">
        <p>
          {preview.heavyNodes.length > 0 ? preview.heavyNodes.join(", ") : "This step"} may take long, so it
          is computed when you ask for it.
        </p>
        <Button size="sm" onClick={port.ask}>
          Compute on a sample
        </Button>
      </div>
    );
  if (preview.error) return <StepProblem error={preview.error} onRetry={port.retry} />;
  if (!preview.result) return <Problem message="There is nothing to show" onRetry={port.retry} />;
  return (
    <>
      <p className={cn("px-3 pb-2 text-secondary text-ink-3", large && "hidden")}>
        {stale ? "Computing anew · " : ""}
        {describePreview(preview.result)}
      </p>
      {preview.result.kind === "table" ? (
        <TablePreview
          result={preview.result}
          maxColumns={maxColumns}
          maxRows={maxRows}
          large={large ?? false}
        />
      ) : (
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 border-line border-t px-3 py-2 text-secondary">
          {preview.result.facts.map(({ name, value }) => (
            <div key={name} className="contents">
              <dt className="text-ink-3">{name}</dt>
              <dd className="break-words text-ink">{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

function TablePreview({
  result,
  maxColumns,
  maxRows,
  large,
}: {
  result: PreviewResult;
  maxColumns: number;
  maxRows: number;
  large: boolean;
}) {
  const columns = result.columns.slice(0, maxColumns);
  const rows = result.head.slice(0, maxRows);
  const more = result.columns.length - columns.length;
  return (
    <>
      <section
        aria-label="First rows"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by keys
        tabIndex={0}
        className={cn("overflow-auto border-line border-t", large ? "max-h-full" : "max-h-72")}
      >
        <table className="w-full text-secondary">
          <thead>
            <tr className="align-top">
              {columns.map((column) => (
                <th key={column.name} scope="col" className="px-3 pt-2 pb-1 text-left font-normal">
                  <div className="max-w-36 truncate text-label text-ink" title={column.name}>
                    {column.name}
                  </div>
                  <div className="whitespace-nowrap text-caption text-ink-3">
                    {describeColumnType(column)}
                  </div>
                  <MiniHistogram
                    column={{ name: column.name, histogram: column.histogram?.bins ?? [] }}
                    width={64}
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
                  <td key={column.name} className="max-w-36 truncate px-3 py-1 text-ink tabular-nums">
                    {describeCell(row[index])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <footer className="flex items-center justify-between border-line border-t px-3 py-2 text-secondary text-ink-3">
        <span className="truncate">{result.fact}</span>
        {more > 0 ? <span className="flex-none">{plural(more, "more column")}</span> : null}
      </footer>
    </>
  );
}

function StepProblem({ error, onRetry }: { error: PreviewError; onRetry: () => void }) {
  const designer = useDesigner();
  const title = designer.model.get().byId.get(error.node)?.title;
  return (
    <Problem
      message={error.message}
      hint={error.hint}
      onRetry={onRetry}
      at={title === undefined ? undefined : { title, show: () => select(designer, [error.node]) }}
    />
  );
}

function Problem({
  message,
  hint,
  at,
  onRetry,
}: {
  message: string;
  hint?: string | null;
  at?: { title: string; show: () => void } | undefined;
  onRetry: () => void;
}) {
  return (
    <div className="flex flex-col gap-2 border-line border-t px-3 py-3 text-secondary">
      <p className="flex gap-1.5 text-failed">
        <StatusIcon kind="failed" size={14} className="mt-px" />
        <span className="min-w-0 break-words">{message}</span>
      </p>
      {hint ? <p className="text-ink-2">{hint}</p> : null}
      <div className="flex gap-2">
        {at ? (
          <Button size="sm" onClick={at.show}>
            Go to {at.title}
          </Button>
        ) : null}
        <Button size="sm" onClick={onRetry}>
          Try again
        </Button>
      </div>
    </div>
  );
}
