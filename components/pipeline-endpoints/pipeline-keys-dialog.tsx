"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { CredentialsDialog } from "#components/endpoints/credentials-dialog.tsx";
import { api, orpc } from "#lib/api/client.ts";

export interface PipelineKeysDialogProps {
  workspace: string;
  endpoint: string;
  onClose: () => void;
}

/** The keys of a pipeline endpoint. */
export function PipelineKeysDialog({ workspace, endpoint, onClose }: PipelineKeysDialogProps) {
  const queries = useQueryClient();
  const options = orpc.pipelineEndpoints.credentials.queryOptions({
    input: { workspace, endpoint },
    // Keys stay in the page's memory only while they are looked at.
    gcTime: 0,
    staleTime: 0,
  });
  const { data, error, refetch } = useQuery(options);
  return (
    <CredentialsDialog
      name={endpoint}
      description="Callers send one of them as “Authorization: Bearer”. Either starts every version."
      keys={data}
      error={error}
      onRetry={() => void refetch()}
      onReplace={async (keyType) => {
        const fresh = await api.pipelineEndpoints.regenerateKey({ workspace, endpoint, keyType });
        queries.setQueryData(options.queryKey, fresh);
      }}
      open
      onOpenChange={(open) => open || onClose()}
    />
  );
}
