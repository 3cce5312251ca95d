"use client";

import { RotateCw } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import type { RunDetails } from "#lib/runs/model.ts";

export interface RunFailureProps {
  run: RunDetails;
  mayChange: boolean;
  onRerun: (memoryMib?: number) => void;
}

/** Why the run stopped and what to do next. */
export function RunFailure({ run, mayChange, onRerun }: RunFailureProps) {
  if (!run.error) return null;
  const memory = run.limits.memoryMib;
  const doubled = run.error.code === "OUT_OF_MEMORY" && memory !== null ? memory * 2 : undefined;
  const action =
    mayChange && run.origin === "studio" ? (
      <Button icon={<RotateCw size={16} />} onClick={() => onRerun(doubled)}>
        {doubled === undefined ? "Run again" : `Run again with ${Math.round((doubled / 1024) * 10) / 10} GiB`}
      </Button>
    ) : undefined;
  return (
    <div className="px-4 pt-4 sm:px-6">
      <ErrorState title={run.error.message} actions={action} details={`${run.error.code}\n${run.name}`}>
        {run.error.hint}
      </ErrorState>
    </div>
  );
}
