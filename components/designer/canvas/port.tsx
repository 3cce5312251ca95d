"use client";

import { Handle, Position } from "@xyflow/react";
import { clsx } from "clsx";
import { memo } from "react";
import type { PortDefinition } from "#lib/components/model.ts";
import { portShare } from "../model/geometry.ts";
import { usePortHover } from "../preview/use-port-hover.ts";
import { useDesigner } from "../session/designer.ts";
import { useStore } from "../session/store.ts";
import { handleId } from "./handle-id.ts";
import { PortShape } from "./port-shape.tsx";

interface PortProps {
  node: string;
  port: PortDefinition;
  side: "in" | "out";
  index: number;
  count: number;
  ready: boolean;
}

/** A port: its shape says the type; while a line is drawn, those that fit grow and the others fade. */
export const Port = memo(function Port({ node, port, side, index, count, ready }: PortProps) {
  const { connecting, mayEdit } = useDesigner();
  const fit = useStore(connecting, (now) => {
    if (!now) return null;
    if (now.from.node === node && now.from.port === port.name && now.from.side === side) return "start";
    return now.judge({ node, port: port.name, side }).ok ? "fit" : "no";
  });
  const hover = usePortHover(node, port.name, side === "out");
  return (
    <Handle
      id={handleId(side, port.name)}
      type={side === "in" ? "target" : "source"}
      position={side === "in" ? Position.Top : Position.Bottom}
      isConnectable={mayEdit}
      data-port={`${node}.${side}.${port.name}`}
      style={{ left: `${portShare(index, count) * 100}%` }}
      title={`${port.displayName}${port.optional ? " (optional)" : ""}`}
      className={clsx(
        "designer-port",
        fit === "fit" && "designer-port-fit",
        fit === "no" && "opacity-40",
        side === "out" && "z-1",
      )}
      {...hover}
    >
      <PortShape type={port.type} ready={ready} optional={port.optional && side === "in"} />
    </Handle>
  );
});
