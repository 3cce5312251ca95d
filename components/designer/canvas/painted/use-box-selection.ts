"use client";

import { type Node, useStoreApi } from "@xyflow/react";
import { type RefObject, useEffect } from "react";
import { useDesigner } from "../../session/designer.ts";
import { findInside } from "./in-view.ts";

/** A box that is drawn around nodes selects those that are only painted as well. */
export function useBoxSelection(nodes: RefObject<readonly Node[]>, isLarge: boolean): void {
  const { selection } = useDesigner();
  const flow = useStoreApi();
  useEffect(() => {
    if (!isLarge) return;
    return flow.subscribe(({ userSelectionRect: box, transform: [x, y, zoom] }, before) => {
      if (box === before.userSelectionRect) return;
      if (!box) {
        // What is selected can be taken at any place of the box around it.
        queueMicrotask(() => flow.setState({ nodesSelectionActive: selection.get().size > 0 }));
        return;
      }
      const area = {
        x: (box.x - x) / zoom,
        y: (box.y - y) / zoom,
        width: box.width / zoom,
        height: box.height / zoom,
      };
      const inside = findInside(nodes.current, area).filter(({ selectable }) => selectable !== false);
      selection.set(new Set(inside.map(({ id }) => id)));
    });
  }, [isLarge, flow, nodes, selection]);
}
