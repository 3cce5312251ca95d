"use client";

import { useQuery } from "@tanstack/react-query";
import { useNewDraft } from "#components/pipelines/use-drafts.ts";
import { Button } from "#components/ui/button.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { SkeletonText } from "#components/ui/skeleton.tsx";
import { orpc } from "#lib/api/client.ts";

interface VersionTextProps {
  workspace: string;
  endpoint: string;
  number: number;
  onClose: () => void;
}

/** The pipeline of one version, to read, and to go on from as a draft. */
export function VersionText({ workspace, endpoint, number, onClose }: VersionTextProps) {
  const { data, error, refetch } = useQuery(
    orpc.pipelineEndpoints.version.queryOptions({
      input: { workspace, endpoint, number },
      // A version never changes.
      staleTime: Number.POSITIVE_INFINITY,
    }),
  );
  const start = useNewDraft(workspace);
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={`${endpoint}, v${number}`}
      description="The pipeline as it was published."
      width={760}
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button
            disabled={!data}
            busy={start.isPending}
            onClick={() => data && start.mutate({ text: data.text })}
          >
            {start.isPending ? "Opening" : "Edit as draft"}
          </Button>
        </>
      }
    >
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <CodeBlock code={data.text} language="yaml" label={`Pipeline of v${number}`} maxHeight={480} />
      ) : (
        <SkeletonText lines={8} />
      )}
    </Dialog>
  );
}
