"use client";

import { useEffect, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { StatusIcon } from "#components/ui/status-icon.tsx";
import type { Clash } from "#lib/designer/document/types.ts";
import { useDesigner } from "./designer.ts";
import { isLiteral } from "./is-literal.ts";

function describeValue(value: unknown): string {
  if (value === undefined) return "removed";
  return typeof value === "string" ? `“${value}”` : JSON.stringify(value);
}

/** Somebody else changed the same field: both values are shown, and one click takes one's own back. */
export function ClashNotice() {
  const { document, model } = useDesigner();
  const [clash, setClash] = useState<Clash | null>(null);
  useEffect(() => document.onClash(setClash), [document]);
  if (!clash) return null;
  const title = clash.node === "" ? "the pipeline" : (model.get().byId.get(clash.node)?.title ?? clash.node);
  const field = clash.field.replace(/^inputs\./, "").replaceAll("_", " ");
  const { mine } = clash;
  const isInput = clash.field.startsWith("inputs.") && clash.node !== "" && isLiteral(mine);
  return (
    <div
      role="alert"
      className="fixed bottom-4 left-1/2 z-50 flex max-w-[calc(100vw-32px)] -translate-x-1/2 items-center gap-3 rounded-card bg-raised px-3 py-2 text-body shadow-3"
    >
      <StatusIcon kind="warning" size={16} />
      <span>
        {clash.by} changed {field} of {title} to {describeValue(clash.theirs)}. You had {describeValue(mine)}.
      </span>
      {isInput && clash.theirs !== undefined ? (
        <Button
          size="sm"
          onClick={() => {
            document.setInput(clash.node, clash.field.slice("inputs.".length), mine);
            setClash(null);
          }}
        >
          Put mine back
        </Button>
      ) : null}
      <Button size="sm" variant="quiet" onClick={() => setClash(null)}>
        Keep theirs
      </Button>
    </div>
  );
}
