"use client";

import { useReactFlow } from "@xyflow/react";
import { CircleCheck } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { plural } from "#components/ui/format.ts";
import { Popover } from "#components/ui/popover.tsx";
import { StatusIcon } from "#components/ui/status-icon.tsx";
import type { Fault } from "#lib/pipelines/model.ts";
import { focusNode } from "../canvas/use-canvas-keys.ts";
import { select } from "../session/acts.ts";
import { useDesigner } from "../session/designer.ts";
import { useStore } from "../session/store.ts";
import { usePanel } from "../session/use-panels.ts";

interface FaultsButtonProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  checking: boolean;
  check: () => Promise<void>;
}

/** How many things are wrong; the list goes to each. */
export function FaultsButton({ open, onOpenChange, checking, check }: FaultsButtonProps) {
  const designer = useDesigner();
  const faults = useStore(designer.faults, (all) => all);
  const [, setYaml] = usePanel("yaml");
  const flow = useReactFlow();
  const [asked, setAsked] = useState(false);
  const errors = faults.filter(({ severity }) => severity === "error").length;
  const words =
    errors > 0 ? plural(errors, "fault") : faults.length > 0 ? plural(faults.length, "warning") : "no faults";
  const show = (fault: Fault) => {
    const node = fault.node?.split(".")[0];
    onOpenChange(false);
    if (node === undefined || !designer.model.get().byId.has(node)) {
      setYaml(true);
      return;
    }
    select(designer, [node]);
    void flow.fitView({ nodes: [{ id: node }], maxZoom: Math.max(0.8, flow.getZoom()), duration: 160 });
    requestAnimationFrame(() => focusNode(node));
  };
  return (
    <Popover
      title={words === "no faults" ? "Nothing is wrong" : words}
      align="end"
      width={400}
      open={open}
      onOpenChange={(next) => {
        onOpenChange(next);
        if (next && !asked) {
          setAsked(true);
          void check();
        }
      }}
      trigger={
        <Button
          icon={
            errors > 0 ? (
              <StatusIcon kind="failed" size={14} />
            ) : faults.length > 0 ? (
              <StatusIcon kind="warning" size={14} />
            ) : (
              <CircleCheck size={14} />
            )
          }
          trailing={
            <span className="font-normal text-ink-3 max-wide:hidden">{checking ? "checking" : words}</span>
          }
        >
          Validate
        </Button>
      }
    >
      <ul className="flex flex-col">
        {faults.map((fault, index) => (
          <li key={`${fault.path}${index}`}>
            <button
              type="button"
              onClick={() => show(fault)}
              className="flex w-full items-start gap-2 rounded-control px-1.5 py-1 text-left text-body hover:bg-hover"
            >
              <StatusIcon
                kind={fault.severity === "error" ? "failed" : "warning"}
                size={14}
                className="mt-1"
              />
              <span className="min-w-0">
                {fault.node ? (
                  <span className="text-name">
                    {designer.model.get().byId.get(fault.node)?.title ?? fault.node}{" "}
                  </span>
                ) : null}
                <span className="break-words text-ink-2">{fault.message}</span>
                {fault.line === undefined ? null : <span className="text-ink-3"> line {fault.line}</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {faults.length === 0 ? (
        <p className="text-body text-ink-3">
          Ports, values and references were checked. The pipeline can run.
        </p>
      ) : null}
    </Popover>
  );
}
