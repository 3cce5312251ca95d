"use client";

import { useReactFlow } from "@xyflow/react";
import { Cable, Trash2 } from "lucide-react";
import { cn } from "#components/ui/cn.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { StatusIcon } from "#components/ui/status-icon.tsx";
import { fitOne } from "../canvas/fit.ts";
import { focusInspector } from "../canvas/use-canvas-keys.ts";
import { useNodeFault, useNodeState } from "../canvas/use-node-parts.ts";
import type { OutlineLine, OutlineRow } from "../model/list-outline.ts";
import { removeSelected, select } from "../session/acts.ts";
import { useDesigner } from "../session/designer.ts";
import { patch, useStore } from "../session/store.ts";
import { usePanels } from "../session/use-panels.ts";

interface OutlineItemProps {
  row: OutlineRow;
  index: number;
  count: number;
  /** Tab goes through this row; the arrows go to the others. */
  current: boolean;
  onFocus: () => void;
  /** Of a long list: measures the row. */
  measure?: ((element: HTMLElement | null) => void) | undefined;
}

export function OutlineItem({ row, index, count, current, onFocus, measure }: OutlineItemProps) {
  const { view, from, to } = row;
  const designer = useDesigner();
  const panels = usePanels();
  const flow = useReactFlow();
  const state = useNodeState(view.id);
  const fault = useNodeFault(view.id);
  const selected = useStore(designer.selection, (now) => now.has(view.id));
  const tabIndex = current ? 0 : -1;
  const show = (id: string) => {
    select(designer, [id]);
    void flow.fitView(fitOne(id, Math.max(0.5, flow.getZoom())));
  };
  const word = view.kind === "data" ? "data" : state ? state.word : "not run yet";
  return (
    <li
      ref={measure}
      data-index={index}
      aria-setsize={count}
      aria-posinset={index + 1}
      onFocus={onFocus}
      className={cn(
        "group flex flex-wrap items-center gap-1 rounded-control px-1.5 py-1",
        selected && "bg-accent-tint",
      )}
    >
      {state ? <StatusIcon kind={state.kind} size={12} /> : null}
      <button
        type="button"
        tabIndex={tabIndex}
        data-outline-row={index}
        aria-label={`${view.title}, ${word}${fault ? `, fault: ${fault.message}` : ""}`}
        onClick={() => {
          show(view.id);
          focusInspector();
        }}
        className="rounded-tag text-left text-name hover:underline"
      >
        {view.title}
      </button>
      {designer.mayEdit ? (
        <span className="ml-auto flex">
          <IconButton
            size="sm"
            tooltip={false}
            tabIndex={tabIndex}
            label={`Connect ${view.title}`}
            icon={<Cable size={12} />}
            onClick={() => patch(panels, { connect: { node: view.id, from: null } })}
          />
          <IconButton
            size="sm"
            tooltip={false}
            tabIndex={tabIndex}
            label={`Remove ${view.title}`}
            icon={<Trash2 size={12} />}
            onClick={() => {
              select(designer, [view.id]);
              removeSelected(designer);
            }}
          />
        </span>
      ) : null}
      <Lines word="from" lines={from} tabIndex={tabIndex} onShow={show} />
      <Lines word="to" lines={to} tabIndex={tabIndex} onShow={show} />
      {designer.mayEdit
        ? from.map((line) => (
            <button
              key={line.edge}
              type="button"
              tabIndex={tabIndex}
              onClick={() => designer.document.disconnect({ node: view.id, port: line.port })}
              // Seen when it has the focus.
              className="sr-only link text-secondary focus:not-sr-only"
            >
              Disconnect {view.title} from {line.title}
            </button>
          ))
        : null}
    </li>
  );
}

/** A long list of lines says little: the first few, and how many more. */
const shownLines = 8;

function Lines({
  word,
  lines,
  tabIndex,
  onShow,
}: {
  word: string;
  lines: readonly OutlineLine[];
  tabIndex: number;
  onShow: (id: string) => void;
}) {
  if (lines.length === 0) return null;
  return (
    <div className="w-full text-secondary text-ink-3">
      {word}{" "}
      {lines.slice(0, shownLines).map((line, index) => (
        <span key={line.edge}>
          {index > 0 ? ", " : ""}
          <button type="button" tabIndex={tabIndex} className="link" onClick={() => onShow(line.id)}>
            {line.title}
          </button>
        </span>
      ))}
      {lines.length > shownLines ? ` and ${lines.length - shownLines} more` : ""}
    </div>
  );
}
