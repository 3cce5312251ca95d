"use client";

import { Folder } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { FileDrop, type UploadState } from "#components/ui/file-drop.tsx";
import { formatBytes, plural } from "#components/ui/format.ts";
import { pickCodeFiles, type UploadedCode, uploadCode } from "../upload-code.ts";
import { readDroppedFiles } from "./dropped-files.ts";

export interface CodeFieldProps {
  workspace: string;
  code: UploadedCode | null;
  onChange: (code: UploadedCode | null) => void;
  onUploading: (uploading: boolean) => void;
  error: string | undefined;
}

/** The folder that the command runs in: chosen or dropped, without what its ignore file excludes, sent at once. */
export function CodeField({ workspace, code, onChange, onUploading, error }: CodeFieldProps) {
  const [upload, setUpload] = useState<UploadState | null>(null);
  const [problem, setProblem] = useState<string>();
  const stop = useRef<AbortController | null>(null);

  async function send(reading: File[] | Promise<File[]>) {
    stop.current = new AbortController();
    setProblem(undefined);
    onUploading(true);
    try {
      const files = await pickCodeFiles(await reading);
      if (files.length === 0)
        throw new Error("The folder has no files, or its ignore file excludes all of them.");
      const totalBytes = files.reduce((sum, { file }) => sum + file.size, 0);
      const name = plural(files.length, "file");
      const progress = (loadedBytes: number) => setUpload({ name, loadedBytes, totalBytes });
      progress(0);
      onChange(await uploadCode(workspace, files, progress, stop.current.signal));
    } catch (failure) {
      if (failure instanceof DOMException && failure.name === "AbortError") return;
      setProblem(failure instanceof Error ? failure.message : describeError(failure).what);
    } finally {
      setUpload(null);
      onUploading(false);
    }
  }

  if (code && !upload) {
    return (
      <div className="flex flex-wrap items-center gap-3 rounded-card border border-line px-4 py-3">
        <Folder size={16} className="text-ink-3" />
        <span className="text-name">{plural(code.fileCount, "file")}</span>
        <span className="text-secondary text-ink-3">{formatBytes(code.sizeBytes)}</span>
        <span className="text-code text-ink-3">{code.digest.slice(0, 8)}</span>
        <span className="ml-auto flex gap-2">
          <Button size="sm" onClick={() => onChange(null)}>
            Replace
          </Button>
        </span>
        {error ? (
          <p role="alert" className="w-full text-secondary text-failed">
            {error}
          </p>
        ) : null}
      </div>
    );
  }
  return (
    <div
      onDropCapture={(event) => {
        event.preventDefault();
        event.stopPropagation();
        void send(readDroppedFiles(event.dataTransfer.items));
      }}
    >
      <FileDrop
        folder
        label="Drop the folder of your script"
        hint="Files that its .amlignore or .gitignore names stay here. Without a folder the command runs in an empty one."
        onFiles={(files) => void send(files)}
        upload={upload}
        onCancel={() => stop.current?.abort()}
        error={problem ?? error}
      />
    </div>
  );
}
