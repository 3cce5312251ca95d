"use client";

import { Panel, useStore as useFlowStore, useReactFlow } from "@xyflow/react";
import {
  Braces,
  List,
  Maximize,
  MessageSquarePlus,
  Minus,
  Network,
  Plus,
  Redo2,
  Search,
  Undo2,
} from "lucide-react";
import { useSyncExternalStore } from "react";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { PortType } from "#lib/components/model.ts";
import { RunStrip } from "../run/run-strip.tsx";
import { useDesigner } from "../session/designer.ts";
import { patch } from "../session/store.ts";
import { usePanel, usePanels } from "../session/use-panels.ts";
import { fitWhole } from "./fit.ts";
import { PortShape } from "./port-shape.tsx";
import { useAddComment } from "./use-add-comment.ts";
import { useTidy } from "./use-tidy.ts";

const bar = "pointer-events-auto flex h-8 items-center gap-0.5 rounded-card bg-raised px-1 shadow-2";

function useUndo() {
  const { document } = useDesigner();
  const read = () => (document.canUndo() ? 1 : 0) + (document.canRedo() ? 2 : 0);
  const state = useSyncExternalStore(document.subscribe, read, read);
  return { mayUndo: (state & 1) > 0, mayRedo: (state & 2) > 0 };
}

function ToolBar() {
  const { document, mayEdit } = useDesigner();
  const { mayUndo, mayRedo } = useUndo();
  const panels = usePanels();
  const [yaml] = usePanel("yaml");
  const [outline, setOutline] = usePanel("outline");
  const [, setFind] = usePanel("find");
  const tidy = useTidy();
  const comment = useAddComment();
  return (
    <div className={bar} role="toolbar" aria-label="Canvas">
      {mayEdit ? (
        <>
          <IconButton
            size="sm"
            label="Undo"
            keys="Ctrl Z"
            icon={<Undo2 size={14} />}
            disabled={!mayUndo}
            onClick={() => document.undo()}
          />
          <IconButton
            size="sm"
            label="Redo"
            keys="Ctrl Shift Z"
            icon={<Redo2 size={14} />}
            disabled={!mayRedo}
            onClick={() => document.redo()}
          />
          <span aria-hidden="true" className="mx-0.5 h-4 w-px bg-line" />
          <IconButton
            size="sm"
            label="Tidy the layout"
            keys="L"
            icon={<Network size={14} />}
            onClick={() => void tidy()}
          />
          <IconButton
            size="sm"
            label="Add a comment"
            keys="M"
            icon={<MessageSquarePlus size={14} />}
            onClick={comment}
          />
        </>
      ) : null}
      <IconButton
        size="sm"
        label="Find a step"
        keys="Ctrl F"
        icon={<Search size={14} />}
        onClick={() => setFind(true)}
      />
      <IconButton
        size="sm"
        label="Outline"
        keys="O"
        icon={<List size={14} />}
        aria-pressed={outline}
        onClick={() => setOutline(!outline)}
      />
      <IconButton
        size="sm"
        label="The pipeline as text"
        icon={<Braces size={14} />}
        aria-pressed={yaml}
        onClick={() => patch(panels, { yaml: !yaml, textLine: null })}
      />
    </div>
  );
}

function ZoomBar() {
  const flow = useReactFlow();
  const zoom = useFlowStore(({ transform }) => Math.round(transform[2] * 100));
  return (
    <div className={bar} role="toolbar" aria-label="Zoom">
      <IconButton
        size="sm"
        label="Smaller"
        keys="−"
        icon={<Minus size={14} />}
        onClick={() => void flow.zoomOut()}
      />
      <button
        type="button"
        title="Back to 100 %"
        onClick={() => void flow.zoomTo(1)}
        className="w-11 rounded-tag text-center text-label text-ink-2 tabular-nums hover:text-ink"
      >
        {zoom}%
      </button>
      <IconButton
        size="sm"
        label="Larger"
        keys="+"
        icon={<Plus size={14} />}
        onClick={() => void flow.zoomIn()}
      />
      <Button
        size="sm"
        variant="quiet"
        icon={<Maximize size={12} />}
        onClick={() => void flow.fitView(fitWhole)}
      >
        Fit
      </Button>
    </div>
  );
}

const legend: { type: PortType; word: string }[] = [
  { type: "data_frame", word: "table" },
  { type: "untrained_model", word: "learner" },
  { type: "trained_model", word: "model" },
  { type: "transform", word: "transform" },
  { type: "uri_folder", word: "files" },
];

/** The legend needs this much room beside the zoom. */
const legendWidth = 760;

function Legend() {
  const wide = useFlowStore(({ width }) => width >= legendWidth);
  if (!wide) return null;
  return (
    <div className={`${bar} gap-3 px-3 text-secondary text-ink-2 max-wide:hidden`}>
      {legend.map(({ type, word }) => (
        <span key={word} className="flex items-center gap-1">
          <PortShape type={type} size={14} />
          {word}
        </span>
      ))}
      <span className="flex items-center gap-1">
        <PortShape type="data_frame" optional size={14} />
        optional
      </span>
      <span>filled: ready</span>
    </div>
  );
}

/** Beside the text of the pipeline there is less: then the run stands under the tools. */
const runAndToolsWidth = 600;

/** Bars over the canvas: the run, what is done to the whole drawing, zoom, and what the shapes mean. */
export function FloatingBars() {
  const besideTools = useFlowStore(({ width }) => width >= runAndToolsWidth);
  return (
    <>
      <Panel position="top-left" className={`pointer-events-none m-3! ${besideTools ? "" : "sm:mt-13!"}`}>
        <RunStrip />
      </Panel>
      <Panel position="top-right" className="pointer-events-none m-3! max-sm:hidden">
        <ToolBar />
      </Panel>
      <Panel position="bottom-left" className="pointer-events-none m-3! flex items-center gap-4">
        <ZoomBar />
        <Legend />
      </Panel>
    </>
  );
}
