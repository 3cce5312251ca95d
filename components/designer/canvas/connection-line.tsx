"use client";

import { type ConnectionLineComponentProps, Position } from "@xyflow/react";
import { edgePath, portReach } from "../model/geometry.ts";
import { useDesigner } from "../session/designer.ts";
import { parseHandle } from "./handle-id.ts";

/** The line under the pointer: accent where it may end, red and dashed with the reason where it may not. */
export function ConnectionLine(props: ConnectionLineComponentProps) {
  const { fromX, fromY, toX, toY, fromPosition, toHandle } = props;
  const connecting = useDesigner().connecting.get();
  const upwards = fromPosition === Position.Top;
  const startY = upwards ? fromY + portReach : fromY - portReach;
  const end = toHandle?.id ? parseHandle(toHandle.nodeId, toHandle.id) : null;
  const verdict = end && connecting ? connecting.judge(end) : null;
  const refused = verdict !== null && !verdict.ok;
  // The end of a line that snaps is the port's edge of the hit area; it is drawn to its middle.
  const snapY = toHandle ? toY + (upwards ? -portReach : portReach) : toY;
  const path = upwards ? edgePath(toX, snapY, fromX, startY) : edgePath(fromX, startY, toX, snapY);
  return (
    <g>
      <path
        d={path}
        fill="none"
        stroke={refused ? "var(--failed)" : "var(--accent)"}
        strokeWidth={2}
        strokeDasharray={refused ? "5 4" : undefined}
      />
      {refused ? (
        <foreignObject x={toX + 14} y={toY - 12} width={260} height={64} className="overflow-visible">
          <div className="inline-block rounded-control bg-failed px-2 py-1 text-label text-on-failed shadow-2">
            {verdict.reason}
          </div>
        </foreignObject>
      ) : null}
    </g>
  );
}
