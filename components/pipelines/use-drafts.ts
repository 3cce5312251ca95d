"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "#components/ui/navigation.tsx";
import { useFailureToast } from "#components/ui/toast.tsx";
import { api, orpc } from "#lib/api/client.ts";
import { useLiveEvents } from "#lib/live/hooks.ts";

/** Reads drafts anew when one of the workspace changed. */
export function useLiveDrafts(workspace: string): void {
  const queries = useQueryClient();
  useLiveEvents(workspace, (event) => {
    if (event === "reset" || event.kind === "draft" || (event.kind === "run" && event.event !== "log")) {
      void queries.invalidateQueries({ queryKey: orpc.designer.list.key() });
    }
  });
}

export function draftHref(workspace: string, id: string): string {
  return `/${workspace}/designer/${encodeURIComponent(id)}`;
}

type NewDraft = Omit<Parameters<typeof api.designer.create>[0], "workspace">;

/** Makes a draft and opens it. */
export function useNewDraft(workspace: string) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const showFailure = useFailureToast();
  return useMutation({
    mutationFn: (draft: NewDraft) => api.designer.create({ workspace, ...draft }),
    onSuccess: (draft) => {
      void queries.invalidateQueries({ queryKey: orpc.designer.list.key() });
      void queries.invalidateQueries({ queryKey: orpc.datasets.key() });
      navigate.push(draftHref(workspace, draft.id));
    },
    onError: (error) => {
      showFailure(error);
    },
  });
}
