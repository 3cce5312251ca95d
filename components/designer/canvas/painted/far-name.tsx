"use client";

import { type Node, useStore as useFlowStore } from "@xyflow/react";

/** The name of what is pointed at or has the focus, in a size that can be read. */
export function FarName({ node }: { node: Node | undefined }) {
  const [x, y, zoom] = useFlowStore(({ transform }) => transform);
  if (!node?.ariaLabel) return null;
  const left = x + (node.position.x + (node.width ?? 0) / 2) * zoom;
  const top = y + node.position.y * zoom - 4;
  return (
    <div aria-hidden="true" className="pointer-events-none absolute inset-0 z-5 overflow-hidden">
      <span
        style={{ left, top }}
        className="absolute -translate-x-1/2 -translate-y-full whitespace-nowrap rounded-tag bg-raised px-1.5 py-0.5 text-secondary text-ink shadow-2"
      >
        {node.ariaLabel}
      </span>
    </div>
  );
}
