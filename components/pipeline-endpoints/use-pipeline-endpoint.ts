"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { orpc } from "#lib/api/client.ts";
import { useLiveEvents } from "#lib/live/hooks.ts";

/** Reads pipeline endpoints anew when one of the workspace changed. */
export function useLivePipelineEndpoints(workspace: string): void {
  const queries = useQueryClient();
  useLiveEvents(workspace, (event) => {
    if (event !== "reset" && event.kind !== "pipeline-endpoint") return;
    void queries.invalidateQueries({ queryKey: orpc.pipelineEndpoints.list.key() });
    void queries.invalidateQueries({ queryKey: orpc.pipelineEndpoints.get.key() });
  });
}

export function usePipelineEndpoint(workspace: string, endpoint: string) {
  useLivePipelineEndpoints(workspace);
  return useQuery(orpc.pipelineEndpoints.get.queryOptions({ input: { workspace, endpoint } }));
}

export function pipelineEndpointHref(workspace: string, endpoint: string): string {
  return `/${workspace}/pipeline-endpoints/${encodeURIComponent(endpoint)}`;
}
