"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { RegisteredName } from "#components/named-list/registered-name.tsx";
import { explainError } from "#components/ui/describe-error.ts";
import { FormDialog } from "#components/ui/form-dialog.tsx";
import { useNavigate } from "#components/ui/navigation.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { api, orpc } from "#lib/api/client.ts";
import type { OutputView } from "#lib/run-outputs/model.ts";

export interface RegisterOutputProps {
  workspace: string;
  kind: "dataset" | "model";
  run: string;
  output: Pick<OutputView, "name" | "path">;
  onClose: () => void;
}

/** An output of a run under a name, with a version. It reappears in the designer's palette. */
export function RegisterOutput({ workspace, kind, run, output, onClose }: RegisterOutputProps) {
  const [name, setName] = useState(() => output.name.replaceAll("_", "-"));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();

  async function register() {
    if (busy || name === "") return;
    setBusy(true);
    setProblem(undefined);
    try {
      const what = { workspace, name, source: { path: output.path } };
      const made = kind === "dataset" ? await api.datasets.create(what) : await api.models.register(what);
      void queries.invalidateQueries({
        queryKey: kind === "dataset" ? orpc.datasets.key() : orpc.models.key(),
      });
      onClose();
      const page = kind === "dataset" ? "data" : "models";
      const href = `/${workspace}/${page}/${encodeURIComponent(name)}?version=${made.version}`;
      toast({
        title: `${name} v${made.version} registered`,
        kind: "completed",
        action: { label: "Open", run: () => navigate.push(href) },
      });
    } catch (error) {
      setProblem(explainError(error));
      setBusy(false);
    }
  }

  return (
    <FormDialog
      title={`Register as ${kind}`}
      description={`What ${run} wrote to ${output.name}, under a name and the next version.`}
      submitLabel={busy ? "Registering" : `Register ${kind}`}
      busy={busy}
      disabled={name === ""}
      onSubmit={register}
      onClose={onClose}
    >
      <RegisteredName
        workspace={workspace}
        kind={kind}
        value={name}
        onChange={setName}
        error={problem}
        disabled={busy}
      />
    </FormDialog>
  );
}
