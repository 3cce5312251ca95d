"use client";

import { useQueryClient } from "@tanstack/react-query";
import { api, orpc } from "#lib/api/client.ts";

/** Changes what is said about a run: its name, description or tags. */
export function useRunChange(workspace: string, run: string) {
  const queries = useQueryClient();
  return async (words: { displayName?: string; description?: string; tags?: Record<string, string> }) => {
    const input = { workspace, run };
    const changed = await api.runs.update({ ...input, ...words });
    queries.setQueryData(orpc.runs.get.queryKey({ input }), changed);
    void queries.invalidateQueries({ queryKey: orpc.runs.list.key() });
  };
}
