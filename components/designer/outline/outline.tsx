"use client";

import { useReactFlow } from "@xyflow/react";
import { Cable, Trash2, X } from "lucide-react";
import { useMemo } from "react";
import { cn } from "#components/ui/cn.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { StatusIcon } from "#components/ui/status-icon.tsx";
import { fitOne } from "../canvas/fit.ts";
import { focusInspector } from "../canvas/use-canvas-keys.ts";
import { useNodeFault, useNodeState } from "../canvas/use-node-parts.ts";
import type { NodeView } from "../model/canvas-model.ts";
import { listOutline, type OutlineLine, type OutlineRow } from "../model/list-outline.ts";
import { removeSelected, select } from "../session/acts.ts";
import { useDesigner } from "../session/designer.ts";
import { patch, useStore } from "../session/store.ts";
import { usePanel, usePanels } from "../session/use-panels.ts";

/** A longer list is made when it is asked for: drawing it costs as much as the canvas. */
const alwaysCount = 60;

/**
 * The steps as a list, each after those that feed it: what a screen reader goes through in place of the drawing. It is
 * always there; the button shows it to everybody.
 */
export function Outline() {
  const designer = useDesigner();
  const [open, setOpen] = usePanel("outline");
  const count = useStore(designer.model, ({ nodes }) => nodes.length);
  if (open || count <= alwaysCount) return <OutlineList />;
  return (
    <button
      type="button"
      onClick={() => setOpen(true)}
      className="sr-only focus:not-sr-only focus:absolute focus:top-14 focus:right-3 focus:z-10 focus:rounded-card focus:bg-raised focus:px-3 focus:py-1.5 focus:text-name focus:shadow-2"
    >
      List the {count} steps with their connections
    </button>
  );
}

function OutlineList() {
  const designer = useDesigner();
  const model = useStore(designer.model, (now) => now);
  const [open, setOpen] = usePanel("outline");
  const rows = useMemo(() => listOutline(model), [model]);
  return (
    <nav
      aria-label="Outline of steps"
      className={cn(
        open
          ? "absolute top-14 right-3 bottom-14 z-10 flex w-80 flex-col rounded-card bg-raised shadow-2"
          : "sr-only focus-within:not-sr-only focus-within:absolute focus-within:top-14 focus-within:right-3 focus-within:z-10 focus-within:max-h-[70%] focus-within:w-80 focus-within:overflow-y-auto focus-within:rounded-card focus-within:bg-raised focus-within:shadow-2",
      )}
    >
      <div className="flex h-9 flex-none items-center justify-between px-3">
        <h2 className="text-section">
          {rows.length} {rows.length === 1 ? "step" : "steps"}
        </h2>
        {open ? (
          <IconButton
            size="sm"
            label="Close the outline"
            icon={<X size={14} />}
            onClick={() => setOpen(false)}
          />
        ) : null}
      </div>
      <ol className="min-h-0 flex-1 overflow-y-auto px-1.5 pb-2">
        {rows.map((row) => (
          <OutlineItem key={row.view.id} row={row} />
        ))}
      </ol>
    </nav>
  );
}

function OutlineItem({ row: { view, from, to } }: { row: OutlineRow }) {
  const designer = useDesigner();
  const panels = usePanels();
  const flow = useReactFlow();
  const state = useNodeState(view.id);
  const fault = useNodeFault(view.id);
  const selected = useStore(designer.selection, (now) => now.has(view.id));
  const show = (id: string) => {
    select(designer, [id]);
    void flow.fitView(fitOne(id, Math.max(0.5, flow.getZoom())));
  };
  return (
    <li
      className={cn(
        "group flex flex-wrap items-center gap-1 rounded-control px-1.5 py-1",
        selected && "bg-accent-tint",
      )}
    >
      {state ? <StatusIcon kind={state.kind} size={12} /> : null}
      <button
        type="button"
        onClick={() => {
          show(view.id);
          focusInspector();
        }}
        className="rounded-tag text-left text-name hover:underline"
      >
        {/* One text: as two parts a screen reader would hear a pause before the comma. */}
        <span aria-hidden="true">{view.title}</span>
        <span className="sr-only">
          {view.title}
          {view.kind === "data" ? ", data" : state ? `, ${state.word}` : ", not run yet"}
          {fault ? `, fault: ${fault.message}` : ""}
        </span>
      </button>
      {designer.mayEdit ? (
        <span className="ml-auto flex">
          <IconButton
            size="sm"
            tooltip={false}
            label={`Connect ${view.title}`}
            icon={<Cable size={12} />}
            onClick={() => patch(panels, { connect: { node: view.id, from: null } })}
          />
          <IconButton
            size="sm"
            tooltip={false}
            label={`Remove ${view.title}`}
            icon={<Trash2 size={12} />}
            onClick={() => {
              select(designer, [view.id]);
              removeSelected(designer);
            }}
          />
        </span>
      ) : null}
      <Lines word="from" lines={from} onShow={show} />
      <Lines word="to" lines={to} onShow={show} />
      {designer.mayEdit ? <Cuts view={view} lines={from} /> : null}
    </li>
  );
}

function Lines({
  word,
  lines,
  onShow,
}: {
  word: string;
  lines: readonly OutlineLine[];
  onShow: (id: string) => void;
}) {
  if (lines.length === 0) return null;
  return (
    <div className="w-full text-secondary text-ink-3">
      {word}{" "}
      {lines.map((line, index) => (
        <span key={line.edge}>
          {index > 0 ? ", " : ""}
          <button type="button" className="link" onClick={() => onShow(line.id)}>
            {line.title}
          </button>
        </span>
      ))}
    </div>
  );
}

/** Buttons that take a line away; seen when they have the focus. */
function Cuts({ view, lines }: { view: NodeView; lines: readonly OutlineLine[] }) {
  const { document } = useDesigner();
  return lines.map((line) => (
    <button
      key={line.edge}
      type="button"
      onClick={() => document.disconnect({ node: view.id, port: line.port })}
      className="sr-only link text-secondary focus:not-sr-only"
    >
      Disconnect {view.title} from {line.title}
    </button>
  ));
}
