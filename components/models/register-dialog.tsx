"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { uploadCode } from "#components/runs/upload-code.ts";
import { Button } from "#components/ui/button.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Notice } from "#components/ui/error-state.tsx";
import { Field } from "#components/ui/field.tsx";
import { FileDrop, type UploadState } from "#components/ui/file-drop.tsx";
import { Input } from "#components/ui/input.tsx";
import { useNavigate } from "#components/ui/navigation.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { Select } from "#components/ui/select.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { api, orpc } from "#lib/api/client.ts";
import type { ModelSource } from "#lib/models/model.ts";

export interface RegisterDialogProps {
  workspace: string;
  /** The run whose model it is; without it a run is chosen, or a folder uploaded. */
  run?: string | undefined;
  /** A new version of this model. */
  name?: string | undefined;
  onClose: () => void;
}

/** A model from what a run wrote, or from a folder of files, under a name. */
export function RegisterDialog({ workspace, run: fixedRun, name: fixedName, onClose }: RegisterDialogProps) {
  const [from, setFrom] = useState<"run" | "folder">("run");
  const [run, setRun] = useState(fixedRun ?? "");
  const [path, setPath] = useState<string | null>(null);
  const [name, setName] = useState(fixedName ?? "");
  const [files, setFiles] = useState<File[]>([]);
  const [upload, setUpload] = useState<UploadState | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const stop = useRef<AbortController | null>(null);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const runs = useQuery(
    orpc.runs.list.queryOptions({
      input: { workspace, limit: 50, status: "Completed" },
      enabled: fixedRun === undefined,
    }),
  );
  const candidates = useQuery(
    orpc.models.candidates.queryOptions({ input: { workspace, run }, enabled: run !== "" }),
  );
  const paths = candidates.data?.items ?? [];
  const chosenPath = path ?? paths[0]?.path ?? "";
  const ready = name !== "" && (from === "run" ? chosenPath !== "" : files.length > 0);

  async function sourceOf(): Promise<ModelSource> {
    if (from === "run") return { path: chosenPath };
    const entries = files.map((file) => {
      const full = file.webkitRelativePath || file.name;
      return { path: file.webkitRelativePath ? full.slice(full.indexOf("/") + 1) : full, file };
    });
    const totalBytes = files.reduce((sum, file) => sum + file.size, 0);
    stop.current = new AbortController();
    const progress = (loadedBytes: number) =>
      setUpload({ name: `${files.length} files`, loadedBytes, totalBytes });
    const { digest } = await uploadCode(workspace, entries, progress, stop.current.signal);
    return { tree: digest };
  }

  async function register() {
    setBusy(true);
    setProblem(null);
    try {
      const made = await api.models.register({ workspace, name, source: await sourceOf() });
      await queries.invalidateQueries({ queryKey: orpc.models.key() });
      toast({ title: `${made.name} v${made.version} registered`, kind: "completed" });
      navigate.push(
        `/${workspace}/models/${encodeURIComponent(made.name)}?version=${encodeURIComponent(made.version)}`,
      );
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return;
      const { what, why } = describeError(error);
      setProblem([what, why].filter(Boolean).join(" "));
    } finally {
      setUpload(null);
      setBusy(false);
    }
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      closeOnOutside={!busy}
      title={fixedName ? `Register a version of ${fixedName}` : "Register a model"}
      description="The files are kept as they are now, under a name and the next version."
      footer={
        <>
          <Button onClick={onClose} disabled={busy}>
            Not now
          </Button>
          <Button variant="primary" busy={busy} disabled={!ready} onClick={() => void register()}>
            {busy ? "Registering" : "Register"}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 px-5 pb-4">
        {problem ? <Notice tone="warning">{problem}</Notice> : null}
        <Field label="Name" help="Letters, digits, dashes, dots">
          <Input
            size="lg"
            value={name}
            disabled={fixedName !== undefined || busy}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        {fixedRun === undefined ? (
          <Segmented
            label="Where the files are"
            options={[
              { value: "run", label: "From a run" },
              { value: "folder", label: "Upload a folder" },
            ]}
            value={from}
            onValueChange={setFrom}
          />
        ) : null}
        {from === "run" ? (
          <>
            {fixedRun === undefined ? (
              <Field label="Run">
                <Select
                  size="lg"
                  placeholder="Choose a completed run"
                  options={(runs.data?.items ?? []).map((each) => ({
                    value: each.name,
                    label: each.displayName,
                    hint: each.name,
                  }))}
                  value={run || null}
                  onValueChange={(value) => {
                    setRun(value);
                    setPath(null);
                  }}
                />
              </Field>
            ) : null}
            {run === "" ? null : (
              <Field
                label="Model"
                help={
                  candidates.data && paths.length === 0
                    ? "This run wrote no MLflow model. Log one with mlflow.<flavor>.log_model."
                    : "A folder with an MLmodel file"
                }
              >
                <Select
                  size="lg"
                  disabled={paths.length === 0}
                  placeholder={candidates.isPending ? "Looking" : "None"}
                  options={paths.map((each) => ({ value: each.path, label: each.label }))}
                  value={chosenPath || null}
                  onValueChange={setPath}
                />
              </Field>
            )}
          </>
        ) : (
          <FileDrop
            label={files.length > 0 ? `${files.length} files chosen` : "Choose the folder of the model"}
            hint="With an MLmodel file it can be deployed without code."
            folder
            onFiles={setFiles}
            upload={upload}
            onCancel={() => stop.current?.abort()}
            disabled={busy}
          />
        )}
      </div>
    </Dialog>
  );
}
