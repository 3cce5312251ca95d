"use client";

import { useQueryClient } from "@tanstack/react-query";
import { orpc } from "#lib/api/client.ts";
import { useLiveEvents } from "#lib/live/hooks.ts";

/** Reads environments anew when one of the workspace was made, changed or built. */
export function useLiveEnvironments(workspace: string): void {
  const queries = useQueryClient();
  useLiveEvents(workspace, (event) => {
    if (event === "reset" || event.kind === "environment") {
      void queries.invalidateQueries({ queryKey: orpc.environments.key() });
    }
  });
}
