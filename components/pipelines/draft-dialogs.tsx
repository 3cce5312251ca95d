"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { explainError } from "#components/ui/describe-error.ts";
import { Field } from "#components/ui/field.tsx";
import { FormDialog } from "#components/ui/form-dialog.tsx";
import { Input } from "#components/ui/input.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { api, orpc } from "#lib/api/client.ts";
import type { DraftSummary } from "#lib/designer/model.ts";

export interface DraftAct {
  kind: "rename" | "clone" | "delete";
  draft: DraftSummary;
}

interface DraftDialogsProps {
  workspace: string;
  act: DraftAct;
  onClose: () => void;
}

/** What is asked before a draft gets a name, a copy, or is deleted. */
export function DraftDialogs({ workspace, act, onClose }: DraftDialogsProps) {
  const queries = useQueryClient();
  const toast = useToast();
  const { draft } = act;
  const refresh = () => queries.invalidateQueries({ queryKey: orpc.designer.list.key() });
  if (act.kind === "delete") {
    return (
      <ConfirmDialog
        open
        danger
        onOpenChange={(open) => !open && onClose()}
        title={`Delete ${draft.name}`}
        effect={`The draft and its ${draft.version} saved versions are gone. Runs that were started from it stay.`}
        confirmLabel="Delete draft"
        busyLabel="Deleting"
        onConfirm={async () => {
          await api.designer.delete({ workspace, draft: draft.id });
          await refresh();
          toast({ title: `${draft.name} deleted` });
          onClose();
        }}
      />
    );
  }
  return (
    <NameDialog
      title={act.kind === "rename" ? `Rename ${draft.name}` : `Copy ${draft.name}`}
      name={act.kind === "rename" ? draft.name : `${draft.name} copy`}
      verb={act.kind === "rename" ? "Rename" : "Copy draft"}
      onClose={onClose}
      onName={async (name) => {
        if (act.kind === "rename") await api.designer.rename({ workspace, draft: draft.id, name });
        else await api.designer.clone({ workspace, draft: draft.id, name });
        await refresh();
        onClose();
      }}
    />
  );
}

function NameDialog(props: {
  title: string;
  name: string;
  verb: string;
  onClose: () => void;
  onName: (name: string) => Promise<void>;
}) {
  const [name, setName] = useState(props.name);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const ready = name.trim() !== "";
  async function save() {
    if (!ready || busy) return;
    setBusy(true);
    try {
      await props.onName(name.trim());
    } catch (error) {
      setProblem(explainError(error));
      setBusy(false);
    }
  }
  return (
    <FormDialog
      title={props.title}
      submitLabel={props.verb}
      busy={busy}
      disabled={!ready}
      onSubmit={save}
      onClose={props.onClose}
    >
      <Field label="Name" error={problem}>
        <Input size="lg" value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
    </FormDialog>
  );
}
