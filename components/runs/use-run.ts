"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { orpc } from "#lib/api/client.ts";
import { useLiveEvents } from "#lib/live/hooks.ts";

/** Reads lists of runs anew when a run of the workspace was made or changed its state. */
export function useLiveRuns(workspace: string): void {
  const queries = useQueryClient();
  useLiveEvents(workspace, (event) => {
    if (event === "reset" || (event.kind === "run" && event.event !== "log" && event.event !== "metrics")) {
      void queries.invalidateQueries({ queryKey: orpc.runs.list.key() });
    }
  });
}

/** One run, kept up to date; what hangs on it is asked for anew when its state changes. */
export function useRun(workspace: string, name: string) {
  const queries = useQueryClient();
  useLiveEvents(workspace, (event) => {
    if (event !== "reset" && (event.kind !== "run" || event.name !== name)) return;
    const input = { workspace, run: name };
    if (event !== "reset" && event.event === "log") return;
    if (event === "reset" || event.event !== "metrics") {
      void queries.invalidateQueries({ queryKey: orpc.runs.events.key({ input }) });
      void queries.invalidateQueries({ queryKey: orpc.runs.files.key({ input }) });
    }
    void queries.invalidateQueries({ queryKey: orpc.runs.get.key({ input }) });
    void queries.invalidateQueries({ queryKey: orpc.tracking.key() });
  });
  return useQuery(orpc.runs.get.queryOptions({ input: { workspace, run: name } }));
}

export function useRunEvents(workspace: string, name: string) {
  return useQuery(orpc.runs.events.queryOptions({ input: { workspace, run: name } }));
}

/** CPU and memory; asked for every two seconds while the run is open, since samples are no events. */
export function useRunUsage(workspace: string, name: string, open: boolean) {
  return useQuery(
    orpc.runs.usage.queryOptions({ input: { workspace, run: name }, refetchInterval: open ? 2000 : false }),
  );
}
