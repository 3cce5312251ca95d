"use client";

import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { orpc } from "#lib/api/client.ts";
import { useLiveEvents } from "#lib/live/hooks.ts";

/** Reads schedules anew when one of the workspace changed or has started a run. */
export function useLiveSchedules(workspace: string): void {
  const queries = useQueryClient();
  useLiveEvents(workspace, (event) => {
    if (event !== "reset" && event.kind !== "schedule") return;
    void queries.invalidateQueries({ queryKey: orpc.schedules.list.key() });
  });
}

/** When a trigger would fire next, or what is wrong with it. */
export function useNextTimes(workspace: string, trigger: Record<string, unknown>, count = 5) {
  return useQuery(
    orpc.schedules.times.queryOptions({
      input: { workspace, trigger, count },
      placeholderData: keepPreviousData,
      staleTime: 30_000,
      retry: false,
    }),
  );
}
