"use client";

import { useReactFlow } from "@xyflow/react";
import { useCallback } from "react";
import { useMe } from "#lib/account/hooks.ts";
import { snapped } from "../model/geometry.ts";
import { useDesigner } from "../session/designer.ts";
import { commentPrefix } from "./canvas-nodes.ts";

/** Puts an empty note in the middle of what is in view; it waits for its text. */
export function useAddComment(): () => void {
  const { document, selection } = useDesigner();
  const flow = useReactFlow();
  const { data: me } = useMe();
  return useCallback(() => {
    const box = window.document.querySelector(".designer-canvas")?.getBoundingClientRect();
    if (!box) return;
    const middle = flow.screenToFlowPosition({ x: box.left + box.width / 2, y: box.top + box.height / 2 });
    const id = document.addComment({
      text: "",
      x: snapped(middle.x - 100),
      y: snapped(middle.y - 40),
      w: 200,
      h: 80,
      author: me?.name ?? "",
      at: Date.now(),
    });
    selection.set(new Set([commentPrefix + id]));
  }, [document, selection, flow, me]);
}
