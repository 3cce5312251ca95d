"use client";

import { ChartNoAxesColumn, Database, Maximize2, Pin, PinOff, Table2, Terminal, X } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { PortShape } from "../canvas/port-shape.tsx";
import { type OpenPreview, useDesigner } from "../session/designer.ts";
import { useStore } from "../session/store.ts";
import { closeHover, closePreview, holdPreview, togglePin } from "./open-previews.ts";
import { PreviewBody } from "./preview-body.tsx";
import { PreviewDialog, type PreviewTab } from "./preview-dialog.tsx";
import { SaveDialog } from "./save-dialog.tsx";
import { usePreview } from "./use-preview.ts";

const closeAfterMs = 250;

interface PreviewCardProps {
  open: OpenPreview;
  /** On the screen, from the corner of the canvas. */
  left: number;
  top: number;
}

/** What an output port holds: shape, columns with small histograms, first rows; and what can be done with them. */
export function PreviewCard({ open, left, top }: PreviewCardProps) {
  const designer = useDesigner();
  const view = useStore(designer.model, ({ byId }) => byId.get(open.node));
  const [large, setLarge] = useState<PreviewTab | null>(null);
  const [saving, setSaving] = useState(false);
  const port = usePreview(open);
  const definition = view?.outputs.find(({ name }) => name === open.port);
  if (!view || !definition) return null;
  const title = view.kind === "data" ? view.title : definition.displayName;
  const { preview } = port;
  const hasRows = preview?.hasRows === true && preview.result !== null;
  const maySave = hasRows && designer.mayEdit && view.kind !== "data";
  return (
    <section
      aria-label={`${title} of ${view.title}`}
      style={{ left, top }}
      onPointerEnter={() => holdPreview(open, true)}
      onPointerLeave={() => {
        holdPreview(open, false);
        // What was opened from the card lies over it: it does not go away under it.
        if (large === null && !saving) setTimeout(() => closeHover(designer, open), closeAfterMs);
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") closePreview(designer, open);
      }}
      className="nowheel pointer-events-auto absolute w-[350px] rounded-card bg-raised shadow-2"
    >
      <header className="flex items-center gap-2 px-3 pt-2.5 pb-0.5">
        <PortShape type={definition.type} ready={preview?.status === "ready" && !port.stale} />
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
          onClick={() => setLarge("rows")}
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
      {hasRows ? (
        <div className="flex justify-between border-line border-t px-1 py-1">
          <Button size="sm" variant="quiet" icon={<Table2 size={14} />} onClick={() => setLarge("rows")}>
            Open
          </Button>
          <Button
            size="sm"
            variant="quiet"
            icon={<ChartNoAxesColumn size={14} />}
            onClick={() => setLarge("profile")}
          >
            Profile
          </Button>
          <Button size="sm" variant="quiet" icon={<Terminal size={14} />} onClick={() => setLarge("sql")}>
            SQL
          </Button>
          {maySave ? (
            <Button size="sm" variant="quiet" icon={<Database size={14} />} onClick={() => setSaving(true)}>
              Save as dataset
            </Button>
          ) : null}
        </div>
      ) : null}
      {large ? (
        <PreviewDialog
          title={`${title} of ${view.title}`}
          port={port}
          tab={large}
          onTabChange={setLarge}
          onSave={maySave ? () => setSaving(true) : undefined}
          onClose={() => setLarge(null)}
        />
      ) : null}
      {saving ? (
        <SaveDialog title={`${title} of ${view.title}`} port={port} onClose={() => setSaving(false)} />
      ) : null}
    </section>
  );
}
