"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { RegisteredName } from "#components/named-list/registered-name.tsx";
import { Button } from "#components/ui/button.tsx";
import { explainError } from "#components/ui/describe-error.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { FileDrop, type UploadState } from "#components/ui/file-drop.tsx";
import { plural } from "#components/ui/format.ts";
import { useNavigate } from "#components/ui/navigation.tsx";
import { Select } from "#components/ui/select.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { api, orpc } from "#lib/api/client.ts";
import { formatOfFile, nameFromFile } from "#lib/datasets/model.ts";
import { uploadBlob } from "./upload-blob.ts";

export interface UploadDialogProps {
  workspace: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** A new version of this dataset; without it the name is asked for. */
  name?: string | undefined;
  /** Starts with this file: one that was dropped on the page. */
  file?: File | undefined;
}

const delimiters = [
  { value: "auto", label: "Found out" },
  { value: ",", label: "Comma" },
  { value: ";", label: "Semicolon" },
  { value: "\t", label: "Tab" },
  { value: "|", label: "Bar" },
] as const;
type Delimiter = (typeof delimiters)[number]["value"];

const encodings = [
  { value: "utf-8", label: "UTF-8" },
  { value: "latin-1", label: "Latin-1" },
  { value: "utf-16", label: "UTF-16" },
] as const;
type Encoding = (typeof encodings)[number]["value"];

/** One file becomes a version of a dataset. A faulty table stays in the dialog, with the line and column to mend. */
export function UploadDialog({
  workspace,
  open,
  onOpenChange,
  name: fixedName,
  file: dropped,
}: UploadDialogProps) {
  const [file, setFile] = useState<File | undefined>(dropped);
  const [typedName, setTypedName] = useState<string | null>(null);
  const [delimiter, setDelimiter] = useState<Delimiter>("auto");
  const [encoding, setEncoding] = useState<Encoding>("utf-8");
  const [upload, setUpload] = useState<UploadState | null>(null);
  const [reading, setReading] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const stop = useRef<AbortController | null>(null);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const chosen = file ?? dropped;
  const name = fixedName ?? typedName ?? (chosen ? nameFromFile(chosen.name) : "");
  const isText = chosen === undefined || formatOfFile(chosen.name) === "csv";
  const busy = upload !== null || reading;

  async function add(source: File) {
    setProblem(null);
    stop.current = new AbortController();
    const progress = (loadedBytes: number) =>
      setUpload({ name: source.name, loadedBytes, totalBytes: source.size });
    try {
      progress(0);
      const blob = await uploadBlob(workspace, source, progress, stop.current.signal);
      setUpload(null);
      setReading(true);
      const made = await api.datasets.create({
        workspace,
        name,
        source: { sha256: blob.sha256, fileName: source.name },
        csvOptions: {
          ...(delimiter === "auto" ? {} : { delimiter }),
          ...(encoding === "utf-8" ? {} : { encoding }),
        },
      });
      await queries.invalidateQueries({ queryKey: orpc.datasets.key() });
      onOpenChange(false);
      toast({
        title: `${made.name} v${made.version} added`,
        kind: "completed",
        ...(made.rowCount === null
          ? {}
          : { detail: `${plural(made.rowCount, "row")}, ${plural(made.columns?.length ?? 0, "column")}` }),
      });
      const query = new URLSearchParams(made.rowCount === null ? {} : { tab: "preview" });
      navigate.push(`/${workspace}/data/${encodeURIComponent(made.name)}?${query}`);
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return;
      setProblem(explainError(error));
    } finally {
      setUpload(null);
      setReading(false);
    }
  }

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      busy={busy}
      title={fixedName ? `Add a version of ${fixedName}` : "Bring in data"}
      description="A table is read whole before it is kept, so a faulty line is found now."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)} disabled={busy}>
            Not now
          </Button>
          <Button
            variant="primary"
            busy={busy}
            disabled={!chosen || name === ""}
            onClick={() => chosen && add(chosen)}
          >
            {upload ? "Uploading" : reading ? "Reading" : fixedName ? "Add version" : "Add dataset"}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <FileDrop
          label={chosen ? chosen.name : "Drop a CSV or Parquet file"}
          hint={chosen ? "Another file may be chosen." : "Other files are kept as they are. Up to 20 GB."}
          onFiles={([first]) => {
            setProblem(null);
            setFile(first);
          }}
          upload={upload}
          onCancel={() => stop.current?.abort()}
          error={problem ?? undefined}
          disabled={busy}
        />
        <RegisteredName
          workspace={workspace}
          kind="dataset"
          label="Name"
          value={name}
          onChange={setTypedName}
          disabled={fixedName !== undefined || busy}
        />
        {isText ? (
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Delimiter">
              <Select
                size="lg"
                options={delimiters}
                value={delimiter}
                onValueChange={setDelimiter}
                disabled={busy}
              />
            </Field>
            <Field label="Encoding">
              <Select
                size="lg"
                options={encodings}
                value={encoding}
                onValueChange={setEncoding}
                disabled={busy}
              />
            </Field>
          </div>
        ) : null}
      </div>
    </Dialog>
  );
}
