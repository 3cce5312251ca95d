"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { uploadCode } from "#components/runs/upload-code.ts";
import { Button } from "#components/ui/button.tsx";
import { explainError } from "#components/ui/describe-error.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import type { UploadState } from "#components/ui/file-drop.tsx";
import { Input } from "#components/ui/input.tsx";
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
  const models = useQuery(orpc.models.list.queryOptions({ input: { workspace, limit: 200 } }));
  const found = useRunModels(workspace, choice.run);
  const path = choice.path || found.data?.items[0]?.path || "";
  const known = models.data?.items.find((model) => model.name === name);
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
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      closeOnOutside={!busy}
      title={fixedName ? `Register a version of ${fixedName}` : "Register a model"}
      description={
        run
          ? `A copy of what ${run.displayName} wrote, with a version of its own.`
          : "The files are kept as they are now, under a name and the next version."
      }
      footer={
        <>
          <Button onClick={onClose} disabled={busy}>
            Not now
          </Button>
          <Button variant="primary" busy={busy} disabled={!ready} onClick={() => void register()}>
            {busy ? "Registering" : "Register model"}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void register();
        }}
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
        <Field
          label="Registered as"
          error={problem}
          help={
            known?.latest
              ? `Becomes the version after v${known.latest.version}`
              : "A new model. Letters, digits, dashes, dots"
          }
        >
          <Input
            size="lg"
            list="registered-models"
            value={name}
            disabled={fixedName !== undefined || busy}
            onChange={(event) => setName(event.target.value.trim())}
          />
        </Field>
        <datalist id="registered-models">
          {(models.data?.items ?? []).map((model) => (
            <option key={model.name} value={model.name} />
          ))}
        </datalist>
      </form>
    </Dialog>
  );
}
