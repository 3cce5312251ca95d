"use client";

import { useReactFlow } from "@xyflow/react";
import { StatusIcon } from "#components/ui/status-icon.tsx";
import type { Fault } from "#lib/pipelines/model.ts";
import { fitOne } from "../canvas/fit.ts";
import { focusNode } from "../canvas/use-canvas-keys.ts";
import type { NodeView } from "../model/canvas-model.ts";
import { describeFault } from "../model/describe-fault.ts";
import { select } from "../session/acts.ts";
import { useDesigner } from "../session/designer.ts";
import { usePanel } from "../session/use-panels.ts";

/** Goes to where a fault is: its step on the canvas, or the text when it is of no step. */
function useShowFault(): (fault: Fault) => void {
  const designer = useDesigner();
  const [, setYaml] = usePanel("yaml");
  const flow = useReactFlow();
  return (fault) => {
    const node = fault.node?.split(".")[0];
    if (node === undefined || !designer.model.get().byId.has(node)) {
      setYaml(true);
      return;
    }
    select(designer, [node]);
    void flow.fitView(fitOne(node, Math.max(0.8, flow.getZoom())));
    // After whatever the list stood in has given the focus back.
    setTimeout(() => focusNode(node), 50);
  };
}

/** Faults, each a way to its step. */
export function FaultList({ faults, onShown }: { faults: readonly Fault[]; onShown: () => void }) {
  const { model } = useDesigner();
  const show = useShowFault();
  return (
    <ul className="flex flex-col" aria-label="Faults">
      {faults.map((fault, index) => (
        <li key={`${fault.path}${index}`}>
          <button
            type="button"
            onClick={() => {
              onShown();
              show(fault);
            }}
            className="flex w-full items-start gap-2 rounded-control px-2 py-1.5 text-left text-body hover:bg-hover"
          >
            <StatusIcon
              kind={fault.severity === "error" ? "failed" : "warning"}
              size={14}
              label={fault.severity === "error" ? "Fault" : "Warning"}
              className="mt-0.5"
            />
            <span className="min-w-0">
              <FaultText fault={fault} view={model.get().byId.get(fault.node?.split(".")[0] ?? "")} />
              {fault.line === undefined ? null : <span className="text-ink-3"> line {fault.line}</span>}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function FaultText({ fault, view }: { fault: Fault; view: NodeView | undefined }) {
  const name = view?.title ?? fault.node;
  return (
    <>
      {name ? <span className="text-name">{name}: </span> : null}
      <span className="break-words text-ink-2">{describeFault(view, fault)}</span>
    </>
  );
}
