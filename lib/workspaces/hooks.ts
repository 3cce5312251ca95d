"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { orpc } from "#lib/api/client.ts";

export function useWorkspace(workspace: string) {
  return useQuery(orpc.workspaces.get.queryOptions({ input: { workspace }, staleTime: 60_000 }));
}

/** Asks again for what names workspaces: the lists and the frame. */
function useWorkspacesChange() {
  const client = useQueryClient();
  return {
    onSuccess: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: orpc.workspaces.key() }),
        client.invalidateQueries({ queryKey: orpc.account.get.key() }),
      ]);
    },
  };
}

export function useCreateWorkspace() {
  return useMutation(orpc.workspaces.create.mutationOptions(useWorkspacesChange()));
}

export function useUpdateWorkspace() {
  return useMutation(orpc.workspaces.update.mutationOptions(useWorkspacesChange()));
}

export function useArchiveWorkspace() {
  return useMutation(orpc.workspaces.archive.mutationOptions());
}

export function useRestoreWorkspace() {
  return useMutation(orpc.workspaces.restore.mutationOptions(useWorkspacesChange()));
}
