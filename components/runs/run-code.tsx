"use client";

import { CodeBlock } from "#components/ui/code-block.tsx";
import type { RunDetails } from "#lib/runs/model.ts";
import { RunFiles } from "./run-files.tsx";

/** The code that ran, and the job that ran it. */
export function RunCode({ workspace, run }: { workspace: string; run: RunDetails }) {
  return (
    <>
      {run.specText ? (
        <details className="border-line border-b px-4 py-3 sm:px-6">
          <summary className="cursor-pointer text-section">Job file</summary>
          <CodeBlock className="mt-3" code={run.specText} language="yaml" label="Job file" />
        </details>
      ) : null}
      <RunFiles
        workspace={workspace}
        run={run.name}
        of="code"
        emptyTitle="No code"
        emptyText="This run had an empty working directory."
      />
    </>
  );
}
