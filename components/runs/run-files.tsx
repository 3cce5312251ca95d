"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { FileBrowser } from "#components/files/file-browser.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { formatBytes } from "#components/ui/format.ts";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { orpc } from "#lib/api/client.ts";
import { groupFiles } from "./group-files.ts";

interface FilesProps {
  workspace: string;
  run: string;
  /** `artifacts`, `code`, `outputs.<name>`. */
  of: string;
  emptyTitle: string;
  emptyText: string;
}

/** Files of a run. */
export function RunFiles({ workspace, run, of, emptyTitle, emptyText }: FilesProps) {
  const files = useQuery(orpc.runs.files.queryOptions({ input: { workspace, run, of } }));
  const groups = useMemo(() => groupFiles(files.data?.items ?? []), [files.data]);
  const base = `/api/v1/workspaces/${workspace}/runs/${run}`;
  if (files.error) {
    return (
      <div className="p-6">
        <ErrorState error={files.error} onRetry={() => void files.refetch()} />
      </div>
    );
  }
  if (!files.data) {
    return (
      <div className="p-6">
        <SkeletonRows rows={5} />
      </div>
    );
  }
  if (groups.length === 0) {
    return (
      <div className="p-6">
        <EmptyState title={emptyTitle}>{emptyText}</EmptyState>
      </div>
    );
  }
  return (
    <FileBrowser
      groups={groups}
      hrefOf={(path) => `${base}/file?${new URLSearchParams({ of, path })}`}
      foot={
        <>
          {files.data.truncated ? (
            <p className="px-5 pt-2 text-secondary text-ink-3">Only the first files are listed.</p>
          ) : null}
          <a
            href={`${base}/zip?${new URLSearchParams({ of })}`}
            className="link mx-5 mt-3 self-start text-secondary"
          >
            All as zip, {formatBytes(files.data.sizeBytes)}
          </a>
        </>
      }
    />
  );
}
