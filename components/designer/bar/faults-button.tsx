"use client";

import { CircleCheck } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { plural } from "#components/ui/format.ts";
import { Popover } from "#components/ui/popover.tsx";
import { StatusIcon } from "#components/ui/status-icon.tsx";
import { useDesigner } from "../session/designer.ts";
import { useStore } from "../session/store.ts";
import { FaultList } from "./fault-list.tsx";

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
  const [asked, setAsked] = useState(false);
  const errors = faults.filter(({ severity }) => severity === "error").length;
  const words =
    errors > 0 ? plural(errors, "fault") : faults.length > 0 ? plural(faults.length, "warning") : "no faults";
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
      <FaultList faults={faults} onShown={() => onOpenChange(false)} />
      {faults.length === 0 ? (
        <p className="text-body text-ink-3">
          Ports, values and references were checked. The pipeline can run.
        </p>
      ) : null}
    </Popover>
  );
}
