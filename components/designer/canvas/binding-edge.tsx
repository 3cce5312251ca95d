"use client";

import { BaseEdge, type Edge, type EdgeProps } from "@xyflow/react";
import { memo } from "react";
import { edgePath, portReach } from "../model/geometry.ts";
import { findLook } from "../model/node-tone.ts";
import { useDesigner } from "../session/designer.ts";
import { useStore } from "../session/store.ts";

export type BindingEdgeType = Edge<{ look?: "added" | "removed" }, "binding">;

/** A line from an output to an input. It says whether data is there, waited for, or being read. */
export const BindingEdge = memo(function BindingEdge(props: EdgeProps<BindingEdgeType>) {
  const { id, source, target, sourceX, sourceY, targetX, targetY, data, interactionWidth } = props;
  const look = useStore(useDesigner().states, (states) => {
    return data?.look ?? findLook(source, target, states);
  });
  return (
    <BaseEdge
      id={id}
      path={edgePath(sourceX, sourceY - portReach, targetX, targetY + portReach)}
      className="designer-edge"
      data-look={look}
      interactionWidth={interactionWidth ?? 20}
    />
  );
});
