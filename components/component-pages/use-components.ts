"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { orpc } from "#lib/api/client.ts";
import { useLiveEvents } from "#lib/live/hooks.ts";

/** Reads components anew when one of the workspace changed. */
export function useLiveComponents(workspace: string): void {
  const queries = useQueryClient();
  useLiveEvents(workspace, (event) => {
    if (event === "reset" || event.kind === "component") {
      void queries.invalidateQueries({ queryKey: orpc.components.key() });
    }
  });
}

/** The versions of a component of the workspace, and a module of the studio by its name. */
export function useComponent(workspace: string, name: string) {
  useLiveComponents(workspace);
  const palette = useQuery(orpc.components.palette.queryOptions({ input: { workspace }, staleTime: 60_000 }));
  const module = palette.data?.items.find((item) => item.kind === "module" && item.name === name);
  const versions = useQuery(
    orpc.components.versions.queryOptions({
      input: { workspace, component: name },
      enabled: palette.data !== undefined && module === undefined,
      retry: false,
    }),
  );
  return {
    module,
    versions: versions.data?.items,
    error: palette.error ?? (module ? null : versions.error),
    retry: () => void (palette.error ? palette.refetch() : versions.refetch()),
  };
}
