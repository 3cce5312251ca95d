"use client";

import type { Node, NodeProps } from "@xyflow/react";
import { Box, Database } from "lucide-react";
import { memo } from "react";
import { StatusIcon } from "#components/ui/status-icon.tsx";
import { modelTypes } from "#lib/spec/kinds/data-types.ts";
import type { DatasetView } from "../model/canvas-model.ts";
import { describeDataVersion } from "../model/describe-data.ts";
import { useOthers } from "../session/others.ts";
import { NodeFrame } from "./node-frame.tsx";
import { Port } from "./port.tsx";
import { makeSameNode } from "./same-node.ts";
import { useNodeFault } from "./use-node-parts.ts";

export type DataNodeType = Node<{ view: DatasetView }, "data">;
const isModel = (type: string) => (modelTypes as readonly string[]).includes(type);

/** A dataset or a model: where the pipeline's data comes from. */
export const DataNode = memo(function DataNode({ id, data: { view }, selected }: NodeProps<DataNodeType>) {
  const fault = useNodeFault(id);
  const person = useOthers((others) => others.find((other) => other.selection.includes(id)));
  const port = view.outputs[0];
  return (
    <>
      <NodeFrame
        tone={fault?.severity === "error" ? "failed" : "plain"}
        selected={selected}
        personHue={person?.hue}
        icon={isModel(view.node.type) ? <Box /> : <Database />}
        title={view.title}
      >
        {fault ? (
          <>
            <StatusIcon kind="failed" size={14} label="Fault" />
            <span className="truncate text-failed" title={fault.message}>
              {fault.message}
            </span>
          </>
        ) : (
          <span className="truncate">{describeDataVersion(view.node)}</span>
        )}
      </NodeFrame>
      {port ? (
        <Port node={id} port={port} side="out" index={0} count={1} ready={view.node.path !== ""} />
      ) : null}
    </>
  );
}, makeSameNode<{ view: DatasetView }>("view"));
