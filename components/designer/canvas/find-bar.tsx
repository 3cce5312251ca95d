"use client";

import { useReactFlow } from "@xyflow/react";
import { ChevronDown, ChevronUp, X } from "lucide-react";
import { useMemo, useState } from "react";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Input } from "#components/ui/input.tsx";
import { findNodes } from "../model/find-nodes.ts";
import { select } from "../session/acts.ts";
import { useDesigner } from "../session/designer.ts";
import { useStore } from "../session/store.ts";
import { usePanel } from "../session/use-panels.ts";
import { fitOne } from "./fit.ts";
import { focusNode } from "./use-canvas-keys.ts";

/** Finds steps by name, module, parameter or state, and goes from one to the next. */
export function FindBar() {
  const [open, setOpen] = usePanel("find");
  return open ? <OpenFindBar onClose={() => setOpen(false)} /> : null;
}

function OpenFindBar({ onClose }: { onClose: () => void }) {
  const designer = useDesigner();
  const model = useStore(designer.model, (now) => now);
  const states = useStore(designer.states, (now) => now);
  const flow = useReactFlow();
  const [search, setSearch] = useState("");
  const [at, setAt] = useState(-1);
  const found = useMemo(() => findNodes(model, states, search), [model, states, search]);
  const go = (step: 1 | -1) => {
    const next = found.length === 0 ? -1 : (at + step + found.length) % found.length;
    setAt(next);
    const id = found[next];
    if (id === undefined) return;
    select(designer, [id]);
    void flow.fitView(fitOne(id, Math.max(0.8, flow.getZoom())));
  };
  const close = () => {
    onClose();
    const id = found[at];
    if (id !== undefined) focusNode(id);
  };
  return (
    <search className="absolute top-14 right-3 z-10 flex w-80 items-center gap-1 rounded-card bg-raised p-1.5 shadow-2">
      <Input
        autoFocus
        aria-label="Find a step"
        placeholder="Name, module, value or state"
        value={search}
        onChange={(event) => {
          setSearch(event.target.value);
          setAt(-1);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") go(event.shiftKey ? -1 : 1);
          else if (event.key === "Escape") close();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
        trailing={
          <span aria-live="polite" className="tabular-nums">
            {search.trim() === "" ? "" : at >= 0 ? `${at + 1} of ${found.length}` : `${found.length}`}
          </span>
        }
      />
      <IconButton size="sm" label="Previous" icon={<ChevronUp size={14} />} onClick={() => go(-1)} />
      <IconButton size="sm" label="Next" icon={<ChevronDown size={14} />} onClick={() => go(1)} />
      <IconButton size="sm" label="Close" icon={<X size={14} />} onClick={close} />
    </search>
  );
}
