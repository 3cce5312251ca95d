"use client";

import { useQueryClient } from "@tanstack/react-query";
import { orpc } from "#lib/api/client.ts";
import { useLiveEvents } from "#lib/live/hooks.ts";
import { isMeasurement } from "./is-measurement.ts";
import { useThrottled } from "./use-throttled.ts";

const activityEveryMs = 2_000;
const slotsEveryMs = 1_000;

/** Keeps what the frame shows true: people, names of workspaces, activity, slots in use. Each domain's hooks keep their own. */
export function useLiveStudio(workspace: string): void {
  const client = useQueryClient();
  const askActivity = useThrottled(
    () => void client.invalidateQueries({ queryKey: orpc.activity.key() }),
    activityEveryMs,
  );
  const askSlots = useThrottled(
    () => void client.invalidateQueries({ queryKey: orpc.computes.list.key() }),
    slotsEveryMs,
  );
  useLiveEvents(workspace, (event) => {
    if (event === "reset") {
      void client.invalidateQueries();
      return;
    }
    if (isMeasurement(event)) return;
    if (event.kind === "member" || event.kind === "workspace") {
      void client.invalidateQueries({ queryKey: orpc.members.key() });
      void client.invalidateQueries({ queryKey: orpc.workspaces.key() });
      void client.invalidateQueries({ queryKey: orpc.account.get.key() });
    }
    if (event.kind === "compute" || (event.kind === "run" && event.event === "status")) askSlots();
    askActivity();
  });
}
