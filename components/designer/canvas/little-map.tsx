"use client";

import { MiniMap } from "@xyflow/react";
import { useDesigner } from "../session/designer.ts";
import { useStore } from "../session/store.ts";
import { miniColour } from "./mini-colour.ts";

/** All of the pipeline at the bottom right; each step in the colour of its state. */
export function LittleMap() {
  const designer = useDesigner();
  // Drawn again when a state changes: the colours are read while drawing.
  useStore(designer.states, (now) => now);
  return (
    <MiniMap
      ariaLabel="Map of the pipeline"
      position="bottom-right"
      style={{ width: 168, height: 104 }}
      className="overflow-hidden rounded-card shadow-2 max-wide:hidden"
      nodeColor={(node) => miniColour(node, designer)}
      nodeBorderRadius={3}
      pannable
      zoomable
    />
  );
}
