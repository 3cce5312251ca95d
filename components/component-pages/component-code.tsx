"use client";

import { useQuery } from "@tanstack/react-query";
import { FileBrowser } from "#components/files/file-browser.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { orpc } from "#lib/api/client.ts";
import { ComponentSteps } from "./component-steps.tsx";

interface ComponentCodeProps {
  workspace: string;
  name: string;
  version: string;
  /** Of a component of the workspace. */
  spec: Record<string, unknown> | undefined;
}

/** What a step of this component runs: its files, its command, or the steps that it is made of. */
export function ComponentCode({ workspace, name, version, spec }: ComponentCodeProps) {
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
  if (files.data.items.length === 0) {
    if (spec?.type === "pipeline") return <ComponentSteps workspace={workspace} spec={spec} />;
    return (
      <div className="p-4 sm:p-6">
        {typeof spec?.command === "string" ? (
          <CodeBlock code={spec.command.trim()} language="bash" label="Command" wrap />
        ) : (
          <EmptyState title="No code of its own">Its file says all there is.</EmptyState>
        )}
      </div>
    );
  }
  return (
    <FileBrowser
      groups={[{ title: "Code", items: files.data.items }]}
      hrefOf={(path) => `${base}/file?${new URLSearchParams({ path })}`}
    />
  );
}
