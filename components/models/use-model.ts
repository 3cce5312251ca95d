"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { orpc } from "#lib/api/client.ts";
import { useLiveEvents } from "#lib/live/hooks.ts";

/** Reads models anew when one changed, and their lineage when an endpoint did. */
export function useLiveModels(workspace: string): void {
  const queries = useQueryClient();
  useLiveEvents(workspace, (event) => {
    if (event === "reset" || event.kind === "model") {
      void queries.invalidateQueries({ queryKey: orpc.models.key() });
    } else if (event.kind === "endpoint") {
      void queries.invalidateQueries({ queryKey: orpc.models.lineage.key() });
    }
  });
}

export function useModel(workspace: string, name: string) {
  useLiveModels(workspace);
  return useQuery(orpc.models.get.queryOptions({ input: { workspace, name } }));
}
