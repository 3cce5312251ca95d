"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { orpc } from "#lib/api/client.ts";
import { useLiveEvents } from "#lib/live/hooks.ts";

/** The graph of a pipeline run with the states of its steps, kept up to date. */
export function useRunGraph(workspace: string, run: string) {
  const queries = useQueryClient();
  useLiveEvents(workspace, (event) => {
    if (event !== "reset" && (event.kind !== "run" || event.name !== run || event.event === "log")) return;
    void queries.invalidateQueries({ queryKey: orpc.pipelines.graph.key({ input: { workspace, run } }) });
  });
  return useQuery(orpc.pipelines.graph.queryOptions({ input: { workspace, run } }));
}
