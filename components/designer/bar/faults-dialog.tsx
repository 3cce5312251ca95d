"use client";

import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { plural } from "#components/ui/format.ts";
import { useDesigner } from "../session/designer.ts";
import { useStore } from "../session/store.ts";
import { FaultList } from "./fault-list.tsx";

/** In place of an act that a pipeline with faults is not ready for: each fault leads to its step. */
export function FaultsDialog({ title, onClose }: { title: string; onClose: () => void }) {
  const faults = useStore(useDesigner().faults, (all) => all);
  const errors = faults.filter(({ severity }) => severity === "error");
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      description={
        errors.length > 0
          ? `The pipeline has ${plural(errors.length, "fault")}. ${errors.length === 1 ? "Go to its step to mend it." : "Choose one to go to its step."}`
          : "The faults are gone."
      }
      footer={<Button onClick={onClose}>Not now</Button>}
    >
      <FaultList faults={errors} onShown={onClose} />
    </Dialog>
  );
}
