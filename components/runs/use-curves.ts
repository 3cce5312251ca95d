"use client";

import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { orpc } from "#lib/api/client.ts";
import { useLiveEvents } from "#lib/live/hooks.ts";
import type { Curve } from "./metric-groups.ts";

/** The least time between two readings of live curves, in milliseconds. */
const pauseMs = 1000;
/** Points that a chart can show; the server leaves out the others evenly. */
const shownPoints = 600;

/** Curves of some metrics of some runs; read anew, at most once a second, while points come. */
export function useCurves(workspace: string, runs: readonly string[], keys: readonly string[]) {
  const queries = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const shown = new Set(runs);
  useLiveEvents(workspace, (event) => {
    const concerns =
      event === "reset" || (event.kind === "run" && shown.has(event.name) && event.event !== "log");
    if (!concerns || timer.current) return;
    timer.current = setTimeout(() => {
      timer.current = null;
      void queries.invalidateQueries({ queryKey: orpc.tracking.curves.key() });
    }, pauseMs);
  });
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current);
    },
    [],
  );
  return useQuery(
    orpc.tracking.curves.queryOptions({
      input: { workspace, runs: [...runs], keys: [...keys], points: shownPoints },
      enabled: runs.length > 0 && keys.length > 0,
      placeholderData: keepPreviousData,
      select: (data): Curve[] => data.items,
    }),
  );
}

/** Every metric, parameter and tag that was logged in the workspace. */
export function useLoggedKeys(workspace: string) {
  return useQuery(orpc.tracking.keys.queryOptions({ input: { workspace } }));
}
