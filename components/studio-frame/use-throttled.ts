"use client";

import { useCallback, useEffect, useRef } from "react";

/** Calls `act` at once, and again at the end of each busy stretch, at most once in `everyMs`. */
export function useThrottled(act: () => void, everyMs: number): () => void {
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
