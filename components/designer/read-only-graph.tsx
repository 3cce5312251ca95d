"use client";

import { Panel, ReactFlowProvider, useStore as useFlowStore, useReactFlow } from "@xyflow/react";
import { Maximize, Minus, Plus } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import * as Y from "yjs";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { openDocument } from "#lib/designer/document/open-document.ts";
import type { RunGraph } from "#lib/pipelines/model.ts";
import { Canvas } from "./canvas/canvas.tsx";
import { fitWhole } from "./canvas/fit.ts";
import { lookupOfRun, withWrittenRefs, writeRunDocument } from "./read-only/run-document.ts";
import { createDesigner } from "./session/create-designer.ts";
import { DesignerContext } from "./session/designer.ts";

/** Up to this many steps all of the graph is in view anyway. */
const mapCount = 24;

export interface ReadOnlyGraphProps {
  workspace: string;
  /** The graph of a pipeline run with the states of its steps. */
  run: RunGraph;
  /** The name of a node. */
  selected: string | null;
  /** A click on a node, or Enter; null: nowhere. */
  onSelect: (node: string | null) => void;
}

/** The graph of a pipeline run, drawn as the canvas draws a draft. Nothing of it can be changed. */
export function ReadOnlyGraph({ workspace, run, selected, onSelect }: ReadOnlyGraphProps) {
  // The graph of a run never changes; only the states of its steps do.
  const text = useMemo(() => writeRunDocument(run), [run]);
  const [designer, setDesigner] = useState<ReturnType<typeof createDesigner>["designer"] | null>(null);
  useEffect(() => {
    const ydoc = new Y.Doc();
    const document = openDocument(ydoc);
    document.setText(text);
    const made = createDesigner({ workspace, draft: "", mayEdit: false, document });
    setDesigner(made.designer);
    return () => {
      made.stop();
      document.close();
      ydoc.destroy();
    };
  }, [workspace, text]);
  useEffect(() => {
    if (!designer) return;
    designer.lookup.set(() => lookupOfRun(run));
    designer.run.set(withWrittenRefs(run));
  }, [designer, run]);
  useEffect(() => {
    designer?.selection.set((now) => {
      const same = selected === null ? now.size === 0 : now.size === 1 && now.has(selected);
      return same ? now : new Set(selected === null ? [] : [selected]);
    });
  }, [designer, selected]);
  useEffect(() => {
    if (!designer) return;
    return designer.selection.subscribe(() => {
      const [only, ...others] = designer.selection.get();
      if (others.length === 0) onSelect(only ?? null);
    });
  }, [designer, onSelect]);
  const needsMap = run.graph.nodes.length > mapCount;
  if (!designer) return <div className="min-h-0 flex-1 bg-bg" />;
  return (
    <DesignerContext.Provider value={designer}>
      <ReactFlowProvider>
        <div
          data-map={needsMap}
          className="flex min-h-0 min-w-0 flex-1 data-[map=false]:[&_[data-little-map]]:hidden"
        >
          <Canvas>
            <Panel position="bottom-left" className="m-3!">
              <ZoomButtons />
            </Panel>
            <KeepFitting />
          </Canvas>
        </div>
      </ReactFlowProvider>
    </DesignerContext.Provider>
  );
}

/** Fits the graph again when the room for it changes: a pane opens, a window is made smaller. */
function KeepFitting() {
  const flow = useReactFlow();
  const width = useFlowStore((state) => state.width);
  const height = useFlowStore((state) => state.height);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the size is what asks for it
  useEffect(() => void flow.fitView({ ...fitWhole, padding: 0.1 }), [flow, width, height]);
  return null;
}

function ZoomButtons() {
  const flow = useReactFlow();
  const zoom = useFlowStore(({ transform }) => Math.round(transform[2] * 100));
  return (
    <div
      role="toolbar"
      aria-label="Zoom"
      className="flex h-8 items-center gap-0.5 rounded-card bg-raised px-1 shadow-2"
    >
      <IconButton size="sm" label="Smaller" icon={<Minus size={14} />} onClick={() => void flow.zoomOut()} />
      <span className="w-11 text-center text-label text-ink-2 tabular-nums">{zoom}%</span>
      <IconButton size="sm" label="Larger" icon={<Plus size={14} />} onClick={() => void flow.zoomIn()} />
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
