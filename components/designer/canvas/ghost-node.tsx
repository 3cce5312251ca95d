"use client";

import type { Node, NodeProps } from "@xyflow/react";
import { memo } from "react";
import { cn } from "#components/ui/cn.ts";

export type GhostNodeType = Node<{ title: string; state: "removed" | "moved" }, "ghost">;

/** A step as it stood in an earlier version. */
export const GhostNode = memo(function GhostNode({ data: { title, state } }: NodeProps<GhostNodeType>) {
  const removed = state === "removed";
  return (
    <div
      className={cn(
        "pointer-events-none flex h-14 w-full flex-col justify-center rounded-card border border-dashed px-2.5",
        removed ? "border-failed bg-failed-tint" : "border-control",
      )}
    >
      <div className={cn("truncate text-node", removed ? "text-failed line-through" : "text-ink-3")}>
        {title}
      </div>
      <div className="text-secondary text-ink-3">{removed ? "Removed since then" : "Stood here then"}</div>
    </div>
  );
});
