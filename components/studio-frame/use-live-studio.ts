"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import { orpc } from "#lib/api/client.ts";
import { useLiveEvents } from "#lib/live/hooks.ts";

const activityEveryMs = 2_000;

/** Calls `act` at once, and again at the end of each busy stretch, at most once in `everyMs`. */
function useThrottled(act: () => void, everyMs: number): () => void {
  const state = useRef<{ timer?: ReturnType<typeof setTimeout>; at: number }>({ at: 0 });
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => () => clearTimeout(state.current.timer), []);
  return useCallback(() => {
    const { current } = state;
    if (current.timer) return;
    const run = () => {
      delete current.timer;
      current.at = Date.now();
      latest.current();
    };
    const waitMs = current.at + everyMs - Date.now();
    if (waitMs <= 0) run();
    else current.timer = setTimeout(run, waitMs);
  }, [everyMs]);
}

/** Keeps what the frame shows true: people, names of workspaces, activity. Each domain's hooks keep their own. */
export function useLiveStudio(workspace: string): void {
  const client = useQueryClient();
  const askActivity = useThrottled(
    () => void client.invalidateQueries({ queryKey: orpc.activity.key() }),
    activityEveryMs,
  );
  useLiveEvents(workspace, (event) => {
    if (event === "reset") {
      void client.invalidateQueries();
      return;
    }
    if (event.kind === "member" || event.kind === "workspace") {
      void client.invalidateQueries({ queryKey: orpc.members.key() });
      void client.invalidateQueries({ queryKey: orpc.workspaces.key() });
      void client.invalidateQueries({ queryKey: orpc.account.get.key() });
    }
    askActivity();
  });
}
