"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { isMeasurement } from "#components/studio-frame/is-measurement.ts";
import { useThrottled } from "#components/studio-frame/use-throttled.ts";
import { orpc } from "#lib/api/client.ts";
import { useLiveEvents } from "#lib/live/hooks.ts";

const readEveryMs = 1_000;
const runsShown = 11;

export const runTabs = ["everyone", "mine", "attention"] as const;
export type RunTab = (typeof runTabs)[number];

/** Lists that the home page shows are read anew when something of their kind changed, at most once a second. */
export function useLiveHome(workspace: string): void {
  const client = useQueryClient();
  const read = useThrottled(() => {
    for (const key of [orpc.runs.list.key(), orpc.datasets.list.key(), orpc.endpoints.list.key()]) {
      void client.invalidateQueries({ queryKey: key });
    }
    void client.invalidateQueries({ queryKey: orpc.computes.list.key() });
  }, readEveryMs);
  useLiveEvents(workspace, (event) => {
    if (event === "reset" || !isMeasurement(event)) read();
  });
}

export function useHomeRuns(workspace: string, tab: RunTab) {
  return useQuery(
    orpc.runs.list.queryOptions({
      input: {
        workspace,
        limit: runsShown,
        ...(tab === "mine" ? { mine: "true" } : {}),
        ...(tab === "attention" ? { status: "Failed" } : {}),
      },
    }),
  );
}

export function useHomeDatasets(workspace: string) {
  return useQuery(orpc.datasets.list.queryOptions({ input: { workspace, limit: 4 } }));
}

export function useHomeEndpoints(workspace: string) {
  return useQuery(orpc.endpoints.list.queryOptions({ input: { workspace, limit: 3 } }));
}

export function useComputes(workspace: string) {
  return useQuery(orpc.computes.list.queryOptions({ input: { workspace } }));
}

export function useStartSample() {
  return useMutation(orpc.sample.start.mutationOptions());
}
