"use client";

import { Maximize2, Pin, PinOff, X } from "lucide-react";
import { useState } from "react";
import { cn } from "#components/ui/cn.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { PortShape } from "../canvas/port-shape.tsx";
import { type OpenPreview, useDesigner } from "../session/designer.ts";
import { useStore } from "../session/store.ts";
import { closeHover, closePreview, holdPreview, togglePin } from "./open-previews.ts";
import { PreviewBody } from "./preview-body.tsx";
import { PreviewDialog } from "./preview-dialog.tsx";
import { usePreview } from "./use-preview.ts";

const closeAfterMs = 250;

interface PreviewCardProps {
  open: OpenPreview;
  /** On the screen, from the corner of the canvas. */
  left: number;
  top: number;
}

/** What an output port holds: shape, columns with small histograms, first rows. */
export function PreviewCard({ open, left, top }: PreviewCardProps) {
  const designer = useDesigner();
  const view = useStore(designer.model, ({ byId }) => byId.get(open.node));
  const [large, setLarge] = useState(false);
  const port = usePreview(open);
  const definition = view?.outputs.find(({ name }) => name === open.port);
  if (!view || !definition) return null;
  const title = view.kind === "data" ? view.title : definition.displayName;
  return (
    <section
      aria-label={`${title} of ${view.title}`}
      style={{ left, top }}
      onPointerEnter={() => holdPreview(open, true)}
      onPointerLeave={() => {
        holdPreview(open, false);
        setTimeout(() => closeHover(designer, open), closeAfterMs);
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") closePreview(designer, open);
      }}
      className="nowheel pointer-events-auto absolute w-[350px] rounded-card bg-raised shadow-2"
    >
      <header className="flex items-center gap-2 px-3 pt-2.5">
        <PortShape type={definition.type} ready={port.preview?.status === "ready" && !port.stale} />
        <h2 className="min-w-0 flex-1 truncate text-name">{title}</h2>
        <IconButton
          size="sm"
          label={open.pinned ? "Unpin" : "Pin"}
          icon={open.pinned ? <PinOff size={14} /> : <Pin size={14} />}
          aria-pressed={open.pinned}
          onClick={() => togglePin(designer, open)}
        />
        <IconButton
          size="sm"
          label="Open large"
          icon={<Maximize2 size={14} />}
          onClick={() => setLarge(true)}
        />
        <IconButton
          size="sm"
          label="Close"
          icon={<X size={14} />}
          onClick={() => closePreview(designer, open)}
        />
      </header>
      <div className={cn("transition-opacity", port.stale && "opacity-60")}>
        <PreviewBody port={port} maxColumns={5} maxRows={5} />
      </div>
      {large ? (
        <PreviewDialog title={`${title} of ${view.title}`} port={port} onClose={() => setLarge(false)} />
      ) : null}
    </section>
  );
}
