"use client";

import { type PointerEvent, useRef } from "react";
import { useDesigner } from "../session/designer.ts";
import { closeHover, showPreview } from "./open-previews.ts";

const openAfterMs = 250;
const closeAfterMs = 250;

/** An output port under the pointer opens its card after a moment; the card stays while the pointer travels to it. */
export function usePortHover(node: string, port: string, active: boolean) {
  const designer = useDesigner();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  if (!active) return {};
  return {
    onPointerEnter(event: PointerEvent) {
      if (event.pointerType === "touch" || event.buttons !== 0 || designer.connecting.get()) return;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => showPreview(designer, { node, port }, "hover"), openAfterMs);
    },
    onPointerLeave() {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => closeHover(designer, { node, port }), closeAfterMs);
    },
  };
}
