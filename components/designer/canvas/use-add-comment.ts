"use client";

import { useReactFlow } from "@xyflow/react";
import { useCallback } from "react";
import { useMe } from "#lib/account/hooks.ts";
import { findRoom } from "../model/find-room.ts";
import { sizeOf, snapped } from "../model/geometry.ts";
import { placeMissing } from "../model/place-missing.ts";
import { useDesigner } from "../session/designer.ts";
import { commentPrefix } from "./canvas-nodes.ts";

const size = { width: 200, height: 80 };

/** Puts an empty note near the middle of what is in view, over nothing else; it waits for its text. */
export function useAddComment(): () => void {
  const { document, selection, model } = useDesigner();
  const flow = useReactFlow();
  const { data: me } = useMe();
  return useCallback(() => {
    const box = window.document.querySelector(".designer-canvas")?.getBoundingClientRect();
    if (!box) return;
    const middle = flow.screenToFlowPosition({ x: box.left + box.width / 2, y: box.top + box.height / 2 });
    const { nodes, edges } = model.get();
    const places = placeMissing(nodes, edges);
    const taken = nodes.flatMap((node) => {
      const at = places.get(node.id);
      return at ? [{ ...at, ...sizeOf(node) }] : [];
    });
    const notes = document
      .getGraphDocument()
      .comments.map(({ x, y, w, h }) => ({ x, y, width: w, height: h }));
    const wanted = { x: middle.x - size.width / 2, y: middle.y - size.height / 2, ...size };
    const at = findRoom(wanted, [...taken, ...notes]);
    const id = document.addComment({
      text: "",
      x: snapped(at.x),
      y: snapped(at.y),
      w: size.width,
      h: size.height,
      author: me?.name ?? "",
      at: Date.now(),
    });
    selection.set(new Set([commentPrefix + id]));
  }, [document, selection, model, flow, me]);
}
