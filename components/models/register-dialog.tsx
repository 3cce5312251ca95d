"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { RegisteredName } from "#components/named-list/registered-name.tsx";
import { uploadCode } from "#components/runs/upload-code.ts";
import { explainError } from "#components/ui/describe-error.ts";
import type { UploadState } from "#components/ui/file-drop.tsx";
import { FormDialog } from "#components/ui/form-dialog.tsx";
import { useNavigate } from "#components/ui/navigation.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { api, orpc } from "#lib/api/client.ts";
import type { ModelSource } from "#lib/models/model.ts";
import type { RunDetails } from "#lib/runs/model.ts";
import { RegisterSource, type SourceChoice, useRunModels } from "./register-source.tsx";

export interface RegisterDialogProps {
  workspace: string;
  /** The run whose model it is; without it a run is chosen, or a folder uploaded. */
  run?: Pick<RunDetails, "name" | "displayName" | "experimentName"> | undefined;
  /** A new version of this model. */
  name?: string | undefined;
  onClose: () => void;
}

/** A name for a model from that of what the run belongs to. */
function suggestName(text: string): string {
  return text.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[^A-Za-z0-9]+|-+$/g, "") || "model";
}

async function uploadFolder(
  workspace: string,
  files: readonly File[],
  onProgress: (state: UploadState) => void,
  signal: AbortSignal,
): Promise<ModelSource> {
  const entries = files.map((file) => {
    const full = file.webkitRelativePath || file.name;
    return { path: file.webkitRelativePath ? full.slice(full.indexOf("/") + 1) : full, file };
  });
  const totalBytes = files.reduce((sum, file) => sum + file.size, 0);
  const name = `${files.length} files`;
  const { digest } = await uploadCode(
    workspace,
    entries,
    (loadedBytes) => onProgress({ name, loadedBytes, totalBytes }),
    signal,
  );
  return { tree: digest };
}

/** A model from what a run wrote, or from a folder of files, under a name. */
export function RegisterDialog({ workspace, run, name: fixedName, onClose }: RegisterDialogProps) {
  const [choice, setChoice] = useState<SourceChoice>({
    from: "run",
    run: run?.name ?? "",
    path: "",
    files: [],
  });
  const [name, setName] = useState(fixedName ?? (run ? suggestName(run.experimentName) : ""));
  const [upload, setUpload] = useState<UploadState | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const stop = useRef<AbortController | null>(null);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const found = useRunModels(workspace, choice.run);
  const path = choice.path || found.data?.items[0]?.path || "";
  const ready = name !== "" && (choice.from === "run" ? path !== "" : choice.files.length > 0);

  async function register() {
    if (!ready || busy) return;
    setBusy(true);
    setProblem(undefined);
    stop.current = new AbortController();
    try {
      const source =
        choice.from === "run"
          ? { path }
          : await uploadFolder(workspace, choice.files, setUpload, stop.current.signal);
      const made = await api.models.register({ workspace, name, source });
      void queries.invalidateQueries({ queryKey: orpc.models.key() });
      onClose();
      const href = `/${workspace}/models/${encodeURIComponent(made.name)}?version=${encodeURIComponent(made.version)}`;
      toast({
        title: `${made.name} v${made.version} registered`,
        kind: "completed",
        action: { label: "Open", run: () => navigate.push(href) },
      });
    } catch (error) {
      setUpload(null);
      setBusy(false);
      if (error instanceof DOMException && error.name === "AbortError") return;
      setProblem(explainError(error));
    }
  }

  return (
    <FormDialog
      title={fixedName ? `Register a version of ${fixedName}` : "Register a model"}
      description={
        run
          ? `A copy of what ${run.displayName} wrote, with a version of its own.`
          : "The files are kept as they are now, under a name and the next version."
      }
      submitLabel={busy ? "Registering" : "Register model"}
      busy={busy}
      disabled={!ready}
      onSubmit={register}
      onClose={onClose}
    >
      <RegisterSource
        workspace={workspace}
        choice={choice}
        onChange={(change) => setChoice((now) => ({ ...now, ...change }))}
        fixed={run !== undefined}
        busy={busy}
        upload={upload}
        onCancelUpload={() => stop.current?.abort()}
      />
      <RegisteredName
        workspace={workspace}
        kind="model"
        value={name}
        onChange={setName}
        error={problem}
        disabled={fixedName !== undefined || busy}
      />
    </FormDialog>
  );
}
