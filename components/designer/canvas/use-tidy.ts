"use client";

import { useReactFlow } from "@xyflow/react";
import { useCallback } from "react";
import { say, selectedNodes } from "../session/acts.ts";
import { useDesigner } from "../session/designer.ts";
import { fitWhole } from "./fit.ts";

/** Lays the pipeline out from the top down (of several selected steps, only those), in one step of undo. */
export function useTidy(): () => Promise<void> {
  const designer = useDesigner();
  const flow = useReactFlow();
  return useCallback(async () => {
    const { layOut } = await import("../model/lay-out.ts");
    const model = designer.model.get();
    const chosen = selectedNodes(designer);
    const positions = layOut(model, chosen.length > 1 ? new Set(chosen) : null);
    if (Object.keys(positions).length === 0) return;
    designer.document.moveNodes(positions);
    say(designer, `${Object.keys(positions).length} steps are laid out`);
    requestAnimationFrame(() => void flow.fitView({ ...fitWhole, duration: 160 }));
  }, [designer, flow]);
}
