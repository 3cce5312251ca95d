"use client";

import type { Node, NodeProps } from "@xyflow/react";
import { Link2, MessageSquare } from "lucide-react";
import { memo } from "react";
import { Tooltip } from "#components/ui/tooltip.tsx";
import { reach } from "#lib/designer/document/reach.ts";
import type { StepView } from "../model/canvas-model.ts";
import { describeFault } from "../model/describe-fault.ts";
import { findTone, isBroken, isGoing, isReady } from "../model/node-tone.ts";
import { useDesigner } from "../session/designer.ts";
import { useOthers } from "../session/others.ts";
import { useStore } from "../session/store.ts";
import { ComponentIcon } from "./component-icon.tsx";
import { NodeFrame } from "./node-frame.tsx";
import { Port } from "./port.tsx";
import { makeSameNode } from "./same-node.ts";
import { StepLine } from "./step-line.tsx";
import { useNodeFault, useNodeState, useReadyInputs } from "./use-node-parts.ts";

export type StepNodeType = Node<{ view: StepView }, "step">;

/** The nearest step before this one that is not done, by name. */
function useWaitsFor(id: string, waiting: boolean): string | undefined {
  const { model, states } = useDesigner();
  return useStore(states, (all) => {
    if (!waiting) return undefined;
    const { byId, edges } = model.get();
    const open = (one: string) => {
      const state = all.get(one);
      return state !== undefined && state.kind !== "completed" && state.kind !== "reused";
    };
    const direct = edges.filter(({ to, from }) => to === id && open(from)).map(({ from }) => from);
    const found = direct[0] ?? [...reach(edges, id, "before")].find(open);
    return found === undefined ? undefined : byId.get(found)?.title;
  });
}

export const StepNode = memo(function StepNode({ id, data: { view }, selected }: NodeProps<StepNodeType>) {
  const state = useNodeState(id);
  const fault = useNodeFault(id);
  const readyInputs = useReadyInputs(id).split(",");
  const person = useOthers((others) => others.find((other) => other.selection.includes(id)));
  const waits = state?.kind === "queued";
  const waitsFor = useWaitsFor(id, waits);
  const broken = isBroken(state, fault);
  const differs = useStore(
    useDesigner().difference,
    (now) => now?.nodes.find(({ name }) => name === id)?.state,
  );
  const tone = findTone({ state, fault, differs });
  const promoted = Object.values(view.node.inputs).some(
    (binding) =>
      binding.kind === "pipeline_input" &&
      !view.inputs.some(({ name }) => view.node.inputs[name] === binding),
  );
  return (
    <>
      <NodeFrame
        tone={tone}
        selected={selected}
        personHue={person?.hue}
        icon={<ComponentIcon definition={view.definition} />}
        title={view.title}
        mark={
          <>
            {promoted ? (
              <Link2 size={12} className="ml-auto text-accent" aria-label="Bound to a pipeline input" />
            ) : null}
            {view.node.comment ? (
              <Tooltip label={view.node.comment}>
                <span className={promoted ? "" : "ml-auto"}>
                  <MessageSquare
                    size={12}
                    className="text-ink-3"
                    aria-label={`Comment: ${view.node.comment}`}
                  />
                </span>
              </Tooltip>
            ) : null}
          </>
        }
      >
        <StepLine
          view={view}
          state={state}
          waitsFor={waitsFor}
          fault={broken && fault ? describeFault(view, fault) : undefined}
        />
      </NodeFrame>
      {state && isGoing(state) && state.progress !== null ? (
        <div className="pointer-events-none absolute inset-x-2.5 bottom-0.5 h-0.5 rounded-full bg-line">
          <div className="h-full rounded-full bg-running" style={{ width: `${state.progress * 100}%` }} />
        </div>
      ) : null}
      {view.inputs.map((port, index) => (
        <Port
          key={port.name}
          node={id}
          port={port}
          side="in"
          index={index}
          count={view.inputs.length}
          ready={readyInputs.includes(port.name)}
        />
      ))}
      {view.outputs.map((port, index) => (
        <Port
          key={port.name}
          node={id}
          port={port}
          side="out"
          index={index}
          count={view.outputs.length}
          ready={isReady(state)}
        />
      ))}
    </>
  );
}, makeSameNode<{ view: StepView }>("view"));
