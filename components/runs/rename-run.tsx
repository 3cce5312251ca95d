"use client";

import { useState } from "react";
import { explainError } from "#components/ui/describe-error.ts";
import { Field } from "#components/ui/field.tsx";
import { FormDialog } from "#components/ui/form-dialog.tsx";
import { Input } from "#components/ui/input.tsx";
import type { RunDetails } from "#lib/runs/model.ts";
import { useRunChange } from "./use-run-change.ts";

export interface RenameRunProps {
  workspace: string;
  run: Pick<RunDetails, "name" | "displayName">;
  onClose: () => void;
}

/** Another name for people; the id stays, and with it every link and reference. */
export function RenameRun({ workspace, run, onClose }: RenameRunProps) {
  const [name, setName] = useState(run.displayName);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const change = useRunChange(workspace, run.name);
  const clean = name.trim();
  async function rename() {
    if (busy || clean === "") return;
    setBusy(true);
    setProblem(undefined);
    try {
      if (clean !== run.displayName) await change({ displayName: clean });
      onClose();
    } catch (error) {
      setProblem(explainError(error));
      setBusy(false);
    }
  }
  return (
    <FormDialog
      title={`Rename ${run.displayName}`}
      description={`Its id ${run.name} stays, and so do links to it.`}
      submitLabel={busy ? "Renaming" : "Rename run"}
      busy={busy}
      disabled={clean === ""}
      onSubmit={rename}
      onClose={onClose}
    >
      <Field label="Name" error={problem}>
        <Input size="lg" maxLength={255} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
    </FormDialog>
  );
}
