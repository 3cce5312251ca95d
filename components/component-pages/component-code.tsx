"use client";

import { useQuery } from "@tanstack/react-query";
import { FileBrowser } from "#components/files/file-browser.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { orpc } from "#lib/api/client.ts";

interface ComponentCodeProps {
  workspace: string;
  name: string;
  version: string;
}

/** The files that a step of this component runs. */
export function ComponentCode({ workspace, name, version }: ComponentCodeProps) {
  const files = useQuery(
    orpc.componentFiles.list.queryOptions({ input: { workspace, component: name, version } }),
  );
  const base = `/api/v1/workspaces/${workspace}/components/${encodeURIComponent(name)}/versions/${encodeURIComponent(version)}`;
  if (files.error)
    return (
      <div className="p-6">
        <ErrorState error={files.error} onRetry={() => void files.refetch()} />
      </div>
    );
  if (!files.data)
    return (
      <div className="p-6">
        <SkeletonRows rows={4} />
      </div>
    );
  if (files.data.items.length === 0)
    return (
      <div className="p-6">
        <EmptyState title="No code of its own">
          This component is a command, or a pipeline of other components. Its file says all there is.
        </EmptyState>
      </div>
    );
  return (
    <FileBrowser
      groups={[{ title: "Code", items: files.data.items }]}
      hrefOf={(path) => `${base}/file?${new URLSearchParams({ path })}`}
    />
  );
}
