"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { orpc } from "#lib/api/client.ts";
import { useLiveEvents } from "#lib/live/hooks.ts";

const telemetryEvents = new Set(["stats"]);
const logEvents = new Set(["log", "status", "updated"]);

/** Reads what shows endpoints anew when one of the workspace changed; of counts and logs only what they change. */
export function useLiveEndpoints(workspace: string): void {
  const queries = useQueryClient();
  useLiveEvents(workspace, (event) => {
    if (event === "reset") {
      void queries.invalidateQueries({ queryKey: orpc.endpoints.key() });
      return;
    }
    if (event.kind !== "endpoint") return;
    if (telemetryEvents.has(event.event)) {
      void queries.invalidateQueries({ queryKey: orpc.endpoints.telemetry.key() });
      return;
    }
    if (logEvents.has(event.event)) void queries.invalidateQueries({ queryKey: orpc.endpoints.logs.key() });
    if (event.event === "log") return;
    for (const key of [
      orpc.endpoints.list.key(),
      orpc.endpoints.get.key(),
      orpc.endpoints.schema.key(),
      orpc.endpoints.listDeployments.key(),
    ]) {
      void queries.invalidateQueries({ queryKey: key });
    }
  });
}

export function useEndpoint(workspace: string, endpoint: string) {
  useLiveEndpoints(workspace);
  return useQuery(orpc.endpoints.get.queryOptions({ input: { workspace, endpoint } }));
}

/** The last hour, as the gateway counted it. */
export function useTelemetry(workspace: string, endpoint: string) {
  return useQuery(orpc.endpoints.telemetry.queryOptions({ input: { workspace, endpoint } }));
}

/** The OpenAPI document of a deployment's model; null until it was ready for the first time. */
export function useModelSchema(workspace: string, endpoint: string, deployment: string | undefined) {
  return useQuery(
    orpc.endpoints.schema.queryOptions({
      input: { workspace, endpoint, deployment: deployment ?? "" },
      enabled: deployment !== undefined,
    }),
  );
}
