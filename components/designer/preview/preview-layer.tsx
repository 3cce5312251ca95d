"use client";

import { useStore as useFlowStore } from "@xyflow/react";
import { nodeHeight, portShare, sizeOf } from "../model/geometry.ts";
import { placeMissing } from "../model/place-missing.ts";
import { useDesigner } from "../session/designer.ts";
import { useStore } from "../session/store.ts";
import { PreviewCard } from "./preview-card.tsx";

const cardWidth = 350;
const gap = 24;

/** The open cards, each beside its node; they move with the canvas and keep their size. */
export function PreviewLayer() {
  const { previews } = useDesigner();
  const open = useStore(previews, (all) => all);
  return open.length === 0 ? null : <OpenLayer />;
}

function OpenLayer() {
  const designer = useDesigner();
  const open = useStore(designer.previews, (all) => all);
  const model = useStore(designer.model, (now) => now);
  const [panX, panY, zoom] = useFlowStore(({ transform }) => transform);
  const room = useFlowStore(({ width }) => width);
  const space = useFlowStore(({ height }) => height);
  const places = placeMissing(model.nodes, model.edges);
  return (
    <div className="pointer-events-none absolute inset-0 z-5 overflow-hidden">
      {open.map((one) => {
        const view = model.byId.get(one.node);
        const at = places.get(one.node);
        if (!view || !at) return null;
        const size = sizeOf(view);
        const index = view.outputs.findIndex(({ name }) => name === one.port);
        const portX = panX + (at.x + portShare(index, view.outputs.length) * size.width) * zoom;
        const portY = panY + (at.y + nodeHeight) * zoom;
        const right = panX + (at.x + size.width) * zoom + gap;
        const toLeft = right + cardWidth > room && panX + at.x * zoom - gap - cardWidth > 0;
        const left = toLeft
          ? panX + at.x * zoom - gap - cardWidth
          : Math.min(right, Math.max(8, room - cardWidth - 8));
        const top = Math.max(8, Math.min(portY - 120, Math.max(8, space - 330)));
        const edge = toLeft ? left + cardWidth : left;
        return (
          <div key={`${one.node}.${one.port}`}>
            <svg aria-hidden="true" className="absolute inset-0 h-full w-full">
              <path
                d={`M${portX},${portY + 8} L${edge},${Math.min(Math.max(portY + 8, top + 20), top + 300)}`}
                stroke="var(--accent)"
                strokeDasharray="1.500 3"
                strokeWidth="1.500"
                fill="none"
              />
            </svg>
            <PreviewCard open={one} left={left} top={top} />
          </div>
        );
      })}
    </div>
  );
}
