"use client";

import { useReactFlow } from "@xyflow/react";
import { type KeyboardEvent, useCallback } from "react";
import { closePreview, showPreview } from "../preview/open-previews.ts";
import { select } from "../session/acts.ts";
import { useDesigner } from "../session/designer.ts";
import { patch } from "../session/store.ts";
import { usePanels } from "../session/use-panels.ts";
import { findNeighbour } from "./find-neighbour.ts";

const directions: Record<string, "left" | "right" | "up" | "down"> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

/** The node that has the focus, if the key was pressed on one and not in a field inside it. */
function focusedNode(target: EventTarget): string | null {
  if (!(target instanceof HTMLElement) || !target.classList.contains("react-flow__node")) return null;
  return target.dataset.id ?? null;
}

/** Asks the canvas for an element of a node that it only paints. */
export const reachEvent = "designer-reach";

const findNode = (id: string) =>
  document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);

/** Puts the focus on a node of the canvas. */
export function focusNode(id: string): void {
  document.querySelector(".designer-canvas")?.dispatchEvent(new CustomEvent(reachEvent, { detail: id }));
  const node = findNode(id);
  if (node) node.focus();
  else requestAnimationFrame(() => findNode(id)?.focus());
}

/** Controls of a form; the small buttons beside a field's name are not meant, nor the inputs that stand in for a control. */
const fields =
  ":is(input, textarea, [role=combobox], [role=switch], button[aria-haspopup=dialog]):not([aria-hidden=true])";

/** Opens the inspector and puts the focus on its first field. */
export function focusInspector(): void {
  requestAnimationFrame(() => {
    const pane = document.getElementById("designer-inspector");
    const panel = pane?.querySelector("[role=tabpanel]");
    const first = panel?.querySelector<HTMLElement>(fields) ?? panel?.querySelector("button");
    (first ?? pane)?.focus();
  });
}

/**
 * Keys on a node: Enter opens, Space shows the data, C connects, arrows move what is selected and go from node to node
 * while nothing is. They are taken before React Flow sees them.
 */
export function useCanvasKeys() {
  const designer = useDesigner();
  const panels = usePanels();
  const flow = useReactFlow();
  return useCallback(
    (event: KeyboardEvent) => {
      const id = focusedNode(event.target);
      if (id === null || event.ctrlKey || event.metaKey) return;
      const view = designer.model.get().byId.get(id);
      const take = () => {
        event.preventDefault();
        event.stopPropagation();
      };
      const direction = directions[event.key];
      if (direction && (event.altKey || !designer.selection.get().has(id))) {
        take();
        const next = findNeighbour(flow.getNodes(), id, direction);
        if (next === null) return;
        select(designer, []);
        const node = flow.getNode(next);
        if (node)
          void flow.setCenter(node.position.x + (node.width ?? 0) / 2, node.position.y + 28, {
            zoom: flow.getZoom(),
          });
        requestAnimationFrame(() => focusNode(next));
        return;
      }
      const cards = designer.previews.get();
      if (event.key === "Escape" && (cards.length > 0 || designer.selection.get().size > 0)) {
        // React Flow would take the focus from the step, and with it the place to go on from.
        take();
        for (const card of cards) closePreview(designer, card);
        if (cards.length === 0) select(designer, []);
      } else if (event.key === "Enter") {
        take();
        select(designer, [id]);
        const note = event.target instanceof Element ? event.target.querySelector("[data-note]") : null;
        if (note) note.dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
        else focusInspector();
      } else if (event.key === " ") {
        take();
        const port = view?.outputs[0];
        if (event.shiftKey || !port) select(designer, [id]);
        else showPreview(designer, { node: id, port: port.name }, "pin");
      } else if (event.key.toLowerCase() === "c" && view && designer.mayEdit) {
        take();
        const only = view.outputs.length === 1 ? view.outputs[0] : undefined;
        patch(panels, {
          connect: { node: id, from: only ? { node: id, port: only.name, side: "out" } : null },
        });
      } else if (event.key.toLowerCase() === "x") {
        take();
        designer.selection.set((now) => {
          const next = new Set(now);
          if (!next.delete(id)) next.add(id);
          return next;
        });
      }
    },
    [designer, panels, flow],
  );
}
