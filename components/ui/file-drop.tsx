"use client";

import { Upload, X } from "lucide-react";
import { type ReactNode, useId, useRef, useState } from "react";
import { Button } from "./button.tsx";
import { cn } from "./cn.ts";
import { formatBytes } from "./format.ts";
import { IconButton } from "./icon-button.tsx";
import { Progress } from "./progress.tsx";
import { StatusIcon } from "./status-icon.tsx";

export interface UploadState {
  name: string;
  loadedBytes: number;
  totalBytes: number;
}

export interface FileDropProps {
  /** "Drop a CSV or Parquet file". */
  label: string;
  /** "up to 20 GB". */
  hint?: ReactNode;
  /** As the `accept` attribute: ".csv,.parquet". */
  accept?: string | undefined;
  multiple?: boolean | undefined;
  /** Chooses a folder instead of files; each file's `webkitRelativePath` has its path. */
  folder?: boolean | undefined;
  onFiles: (files: File[]) => void;
  /** While something goes up. */
  upload?: UploadState | null | undefined;
  onCancel?: (() => void) | undefined;
  error?: string | undefined;
  disabled?: boolean | undefined;
  className?: string | undefined;
}

export function FileDrop(props: FileDropProps) {
  const { label, hint, accept, multiple, folder, onFiles, upload, onCancel, error, disabled, className } =
    props;
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const id = useId();

  function take(list: FileList | null) {
    const files = [...(list ?? [])];
    if (files.length > 0) onFiles(multiple || folder ? files : files.slice(0, 1));
    if (input.current) input.current.value = "";
  }

  if (upload) {
    const share = upload.totalBytes === 0 ? 0 : upload.loadedBytes / upload.totalBytes;
    return (
      <div className={cn("flex flex-col gap-2 rounded-card border border-line-2 p-4", className)}>
        <div className="flex items-center gap-2">
          <span className="min-w-0 flex-1 truncate text-name">{upload.name}</span>
          <span className="text-secondary text-ink-3 tabular-nums">
            {formatBytes(upload.loadedBytes)} of {formatBytes(upload.totalBytes)}
          </span>
          {onCancel ? (
            <IconButton label="Stop the upload" icon={<X size={14} />} size="sm" onClick={onCancel} />
          ) : null}
        </div>
        <Progress value={share} label={`Upload of ${upload.name}`} />
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the button inside does the same
    <div
      onDragOver={(event) => {
        event.preventDefault();
        if (!disabled) setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        if (!disabled) take(event.dataTransfer.files);
      }}
      className={cn(
        "flex flex-col items-center gap-2 rounded-card border border-line-2 border-dashed px-4 py-6 text-center",
        over && "border-accent bg-accent-tint",
        error !== undefined && "border-failed",
        className,
      )}
    >
      <Upload size={20} className="text-ink-3" />
      <p id={id} className="text-body text-ink-2">
        {label}
      </p>
      {hint === undefined ? null : <p className="text-secondary text-ink-3">{hint}</p>}
      <input
        ref={input}
        type="file"
        aria-labelledby={id}
        tabIndex={-1}
        accept={accept}
        multiple={multiple}
        disabled={disabled}
        onChange={(event) => take(event.target.files)}
        className="sr-only"
        {...(folder ? { webkitdirectory: "" } : {})}
      />
      <Button disabled={disabled} onClick={() => input.current?.click()}>
        {folder ? "Choose a folder" : multiple ? "Choose files" : "Choose a file"}
      </Button>
      {error === undefined ? null : (
        <p role="alert" className="flex items-start gap-1 text-left text-secondary text-failed">
          <StatusIcon kind="failed" size={12} className="mt-0.5" />
          {error}
        </p>
      )}
    </div>
  );
}
