"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { orpc } from "#lib/api/client.ts";
import { useLiveEvents } from "#lib/live/hooks.ts";

/** Reads datasets anew when one of the workspace changed. */
export function useLiveDatasets(workspace: string): void {
  const queries = useQueryClient();
  useLiveEvents(workspace, (event) => {
    if (event === "reset" || event.kind === "dataset") {
      void queries.invalidateQueries({ queryKey: orpc.datasets.key() });
    }
  });
}

export function useDataset(workspace: string, name: string) {
  useLiveDatasets(workspace);
  return useQuery(orpc.datasets.get.queryOptions({ input: { workspace, name } }));
}

/** The profile of a version that never changes once it is there. */
export function useProfile(workspace: string, name: string, version: string | undefined, wanted: boolean) {
  return useQuery(
    orpc.datasets.profile.queryOptions({
      input: { workspace, name, version: version ?? "" },
      enabled: wanted && version !== undefined,
    }),
  );
}
