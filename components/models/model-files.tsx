"use client";

import { useQuery } from "@tanstack/react-query";
import { ErrorState } from "#components/ui/error-state.tsx";
import { formatBytes } from "#components/ui/format.ts";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { orpc } from "#lib/api/client.ts";

export interface ModelFilesProps {
  workspace: string;
  name: string;
  version: string;
  /** The address of the version in the API. */
  base: string;
}

/** Every file of a version; each opens or downloads. */
export function ModelFiles({ workspace, name, version, base }: ModelFilesProps) {
  const files = useQuery(orpc.models.files.queryOptions({ input: { workspace, name, version } }));
  return (
    <div className="p-4 sm:p-6">
      {files.error ? <ErrorState error={files.error} onRetry={() => void files.refetch()} /> : null}
      {files.isPending ? <SkeletonRows rows={5} /> : null}
      <ul className="flex max-w-[944px] flex-col">
        {files.data?.files.map((file) => (
          <li
            key={file.path}
            className="flex min-h-8 items-center gap-3 border-line border-b max-sm:min-h-11"
          >
            <a
              className="link min-w-0 truncate text-code"
              href={`${base}/file?${new URLSearchParams({ path: file.path })}`}
              target="_blank"
              rel="noreferrer"
            >
              {file.path}
            </a>
            <span className="ml-auto flex-none text-secondary text-ink-3 tabular-nums">
              {formatBytes(file.sizeBytes)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
