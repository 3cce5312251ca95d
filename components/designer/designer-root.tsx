"use client";

import { ReactFlowProvider } from "@xyflow/react";
import { type ReactNode, useEffect, useState } from "react";
import { HistoryPane } from "./bar/history-pane.tsx";
import { Canvas } from "./canvas/canvas.tsx";
import { ConnectDialog } from "./canvas/connect-dialog.tsx";
import { FindBar } from "./canvas/find-bar.tsx";
import { FloatingBars } from "./canvas/floating-bars.tsx";
import { QuickAdd } from "./canvas/quick-add.tsx";
import { Inspector } from "./inspector/inspector.tsx";
import { Outline } from "./outline/outline.tsx";
import { PalettePane } from "./palette/palette-pane.tsx";
import type { Palette } from "./palette/use-palette.ts";
import { PreviewLayer } from "./preview/preview-layer.tsx";
import { type Designer, DesignerContext, useDesigner } from "./session/designer.ts";
import { createStore, useStore } from "./session/store.ts";
import { closedPanels, type Panels, PanelsContext, usePanel } from "./session/use-panels.ts";
import { YamlPane } from "./text/yaml-pane.tsx";
import { useDesignerKeys } from "./use-designer-keys.ts";

interface DesignerRootProps {
  designer: Designer;
  palette: Palette;
  /** The top bar, which needs what is provided here. */
  bar: ReactNode;
}

/** The panes of the designer around an open draft. */
export function DesignerRoot({ designer, palette, bar }: DesignerRootProps) {
  const [panels] = useState(() => createStore<Panels>(closedPanels));
  return (
    <DesignerContext.Provider value={designer}>
      <PanelsContext.Provider value={panels}>
        <ReactFlowProvider>
          {bar}
          <Panes palette={palette} />
        </ReactFlowProvider>
      </PanelsContext.Provider>
    </DesignerContext.Provider>
  );
}

function Panes({ palette }: { palette: Palette }) {
  const [yaml] = usePanel("yaml");
  const [history] = usePanel("history");
  const { mayEdit } = useDesigner();
  useDesignerKeys();
  return (
    <main
      id="main"
      tabIndex={-1}
      className="relative flex min-h-0 flex-1 overflow-hidden bg-panel outline-none"
    >
      <PalettePane palette={palette} />
      <div className="relative flex min-h-0 min-w-0 flex-1">
        <Canvas>
          <FloatingBars />
          <PreviewLayer />
        </Canvas>
        <FindBar />
        <Outline />
        <EmptyHint />
      </div>
      {yaml ? <YamlPane /> : null}
      {history ? <HistoryPane /> : null}
      {yaml && !history ? <WideInspector /> : history ? null : <Inspector />}
      {mayEdit ? <QuickAdd palette={palette} /> : null}
      <ConnectDialog />
      <Announcer />
    </main>
  );
}

/** Beside the text the inspector comes when something is selected. */
function WideInspector() {
  const { selection } = useDesigner();
  const any = useStore(selection, (now) => now.size > 0);
  return any ? <Inspector /> : null;
}

function EmptyHint() {
  const { model, mayEdit } = useDesigner();
  const empty = useStore(model, ({ nodes, comments }) => nodes.length + comments.length === 0);
  if (!empty) return null;
  return (
    <div className="pointer-events-none absolute inset-0 flex items-center justify-center">
      <p className="max-w-80 text-center text-body text-ink-3">
        {mayEdit
          ? "Drag a module here from the left, double-click to search for one, or press A."
          : "This pipeline has no steps yet."}
      </p>
    </div>
  );
}

/** Says to a screen reader what happened. */
function Announcer() {
  const { announcement } = useDesigner();
  const text = useStore(announcement, (now) => now);
  const [said, setSaid] = useState("");
  useEffect(() => setSaid(text), [text]);
  return (
    <div role="status" aria-live="polite" className="sr-only" data-announcement>
      {said}
    </div>
  );
}
