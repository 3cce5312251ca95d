"use client";

import { useCallback, useSyncExternalStore } from "react";

/** True while the query matches; false on the server. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const media = matchMedia(query);
      media.addEventListener("change", listener);
      return () => media.removeEventListener("change", listener);
    },
    [query],
  );
  return useSyncExternalStore(
    subscribe,
    () => matchMedia(query).matches,
    () => false,
  );
}

/** Under 640 px. */
export function useNarrow(): boolean {
  return useMedia("(width < 640px)");
}
