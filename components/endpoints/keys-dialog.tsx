"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, orpc } from "#lib/api/client.ts";
import { CredentialsDialog } from "./credentials-dialog.tsx";

export interface KeysDialogProps {
  workspace: string;
  endpoint: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** The keys of an endpoint. */
export function KeysDialog({ workspace, endpoint, open, onOpenChange }: KeysDialogProps) {
  const queries = useQueryClient();
  const options = orpc.endpoints.credentials.queryOptions({
    input: { workspace, endpoint },
    // Keys stay in the page's memory only while they are looked at.
    gcTime: 0,
    staleTime: 0,
  });
  const { data, error, refetch } = useQuery(options);
  return (
    <CredentialsDialog
      name={endpoint}
      description="Callers send one of them as “Authorization: Bearer”. Either opens every deployment."
      keys={data}
      error={error}
      onRetry={() => void refetch()}
      onReplace={async (keyType) => {
        const fresh = await api.endpoints.regenerateKey({ workspace, endpoint, keyType });
        queries.setQueryData(options.queryKey, fresh);
      }}
      open={open}
      onOpenChange={onOpenChange}
    />
  );
}
