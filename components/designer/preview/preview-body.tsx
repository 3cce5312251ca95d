"use client";

import { Play } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { StatusIcon } from "#components/ui/status-icon.tsx";
import type { PreviewError } from "#lib/designer/model.ts";
import { useRunScope } from "../run/run-acts.ts";
import { select } from "../session/acts.ts";
import { useDesigner } from "../session/designer.ts";
import { describePreview } from "./describe-preview.ts";
import { PreviewTable } from "./preview-table.tsx";
import { describeWaiting, PreviewWaiting } from "./preview-waiting.tsx";
import type { PortPreview } from "./use-preview.ts";

interface PreviewBodyProps {
  port: PortPreview;
  maxColumns: number;
  maxRows: number;
  large?: boolean | undefined;
}

/** What a port holds, or why it is not there and what to do. */
export function PreviewBody({ port, maxColumns, maxRows, large = false }: PreviewBodyProps) {
  const { preview, loading, error } = port;
  if (error && !preview)
    return <Problem message={error instanceof Error ? error.message : String(error)} onRetry={port.retry} />;
  if (!preview || (loading && !preview.result))
    return <PreviewWaiting progress={preview?.progress} onStop={port.stop} />;
  if (preview.status === "on_request") return <OnRequest port={port} nodes={preview.heavyNodes} />;
  if (preview.error) return <StepProblem port={port} error={preview.error} />;
  if (!preview.result) return <Problem message="There is nothing to show" onRetry={port.retry} />;
  return (
    <>
      <Caption port={port} large={large} />
      {preview.result.kind === "table" ? (
        <PreviewTable
          result={preview.result}
          compareTo={port.stale || preview.origin?.stepRun ? null : port.node}
          maxColumns={maxColumns}
          maxRows={maxRows}
          large={large}
        />
      ) : (
        <dl className="grid max-h-72 grid-cols-[auto_1fr] gap-x-4 gap-y-1 overflow-auto border-line border-t px-3 py-2 text-secondary">
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

/** The line under the name: counts, where they come from, and what is under way. */
function Caption({ port, large }: { port: PortPreview; large: boolean }) {
  const { preview, stale, ran } = port;
  const { model } = useDesigner();
  const titleOf = (node: string) => model.get().byId.get(node)?.title ?? node;
  if (!preview?.result) return null;
  const { origin } = preview;
  return (
    <div className={large ? "px-3 pb-1 text-secondary text-ink-3" : "px-3 pb-2 text-secondary text-ink-3"}>
      {large ? null : <p>{describePreview(preview.result)}</p>}
      {origin?.stepRun ? (
        <p className="flex flex-wrap items-center gap-1">
          As the last run gave it
          {origin.endedAt === null ? null : (
            <>
              , <RelativeTime at={origin.endedAt} />
            </>
          )}
          {ran.edited ? <span className="text-warning">· changed since</span> : null}
          <ComputeOwn port={port} />
        </p>
      ) : origin ? (
        <p className="flex flex-wrap items-center gap-1">
          Computed on what {origin.nodes.map(titleOf).join(", ")} gave in the last run
          <ComputeOwn port={port} />
        </p>
      ) : null}
      {stale ? (
        <p className="flex items-center gap-2">
          <span role="status" className="min-w-0 flex-1">
            {preview.progress ? describeWaiting(preview.progress, titleOf) : "Computing anew"}
          </span>
          {preview.progress ? (
            <Button size="sm" variant="quiet" className="show-late" onClick={port.stop}>
              Cancel
            </Button>
          ) : null}
        </p>
      ) : null}
    </div>
  );
}

/** Beside what a run gave: the same of the draft as it is now, with what has to be asked for. */
function ComputeOwn({ port }: { port: PortPreview }) {
  const { mayEdit } = useDesigner();
  if (!mayEdit || port.stale || !port.preview?.heavyNodes.length) return null;
  return (
    <Button size="sm" className="ml-auto" onClick={port.ask}>
      Compute on a sample
    </Button>
  );
}

/** Nothing is computed by itself here: what can be done instead. */
function OnRequest({ port, nodes }: { port: PortPreview; nodes: readonly string[] }) {
  const { model, mayEdit } = useDesigner();
  const run = useRunScope();
  const titles = nodes.map((node) => model.get().byId.get(node)?.title ?? node);
  const asked = model.get().byId.get(port.node);
  const isOwn = asked?.kind === "step" && asked.definition?.kind !== "module";
  return (
    <div className="flex flex-col items-start gap-2 px-3 py-3 text-secondary text-ink-2">
      <p>
        {!mayEdit
          ? "This was not computed yet. Who may edit the pipeline can have it computed."
          : port.stopped
            ? "It was stopped."
            : titles.length > 0
              ? `${titles.join(", ")} may take long, so it is computed when you ask for it.`
              : "This was not computed yet."}
      </p>
      <div className="flex flex-wrap gap-2">
        {mayEdit ? (
          <Button size="sm" onClick={port.ask}>
            Compute on a sample
          </Button>
        ) : null}
        {isOwn && run && mayEdit ? (
          <Button size="sm" icon={<Play size={12} />} onClick={() => run({ to: port.node, again: false })}>
            Run to here
          </Button>
        ) : null}
        <ShowRun port={port} />
      </div>
    </div>
  );
}

function ShowRun({ port }: { port: PortPreview }) {
  if (port.ran.stepRun === null || port.preview?.origin?.stepRun) return null;
  return (
    <Button size="sm" onClick={port.showRun}>
      Show the last run's
    </Button>
  );
}

function StepProblem({ port, error }: { port: PortPreview; error: PreviewError }) {
  const designer = useDesigner();
  const run = useRunScope();
  const title = designer.model.get().byId.get(error.node)?.title;
  const isOwn = error.code === "NOT_A_MODULE" || error.code === "NOT_RUN";
  const running = designer.states.get().get(error.node);
  const isUnderWay = isOwn && running !== undefined && running.endedAt === null && running.startedAt !== null;
  return (
    <Problem
      message={error.message}
      hint={isUnderWay ? `It is ${running.word.toLowerCase()} now: what it gives appears here.` : error.hint}
      tone={isOwn ? "note" : "failed"}
      onRetry={isOwn ? undefined : port.retry}
    >
      {isOwn && run && !isUnderWay ? (
        <Button size="sm" icon={<Play size={12} />} onClick={() => run({ to: error.node, again: false })}>
          Run to {error.node === port.node ? "here" : title}
        </Button>
      ) : null}
      {title !== undefined && error.node !== port.node ? (
        <Button size="sm" onClick={() => select(designer, [error.node])}>
          Go to {title}
        </Button>
      ) : null}
      <ShowRun port={port} />
    </Problem>
  );
}

function Problem({
  message,
  hint,
  tone = "failed",
  onRetry,
  children,
}: {
  message: string;
  hint?: string | null;
  tone?: "failed" | "note";
  onRetry?: (() => void) | undefined;
  children?: ReactNode;
}) {
  return (
    <div className="flex flex-col gap-2 border-line border-t px-3 py-3 text-secondary">
      {tone === "failed" ? (
        <p className="flex gap-1.5 text-failed">
          <StatusIcon kind="failed" size={14} className="mt-px" />
          <span className="min-w-0 break-words">{message}</span>
        </p>
      ) : (
        <p className="break-words text-ink">{message}</p>
      )}
      {hint?.includes("\n") ? (
        // What a program printed.
        <ScrollRegion
          aria-label="Its last lines"
          className="max-h-36 overflow-auto whitespace-pre rounded-control bg-bg px-2 py-1 font-mono text-caption text-ink-2"
        >
          {hint}
        </ScrollRegion>
      ) : hint ? (
        <p className="text-ink-2">{hint}</p>
      ) : null}
      <div className="flex flex-wrap gap-2">
        {children}
        {onRetry ? (
          <Button size="sm" onClick={onRetry}>
            Try again
          </Button>
        ) : null}
      </div>
    </div>
  );
}
