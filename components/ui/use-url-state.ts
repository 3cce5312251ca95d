"use client";

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useSearch } from "./navigation.tsx";
import { type Codecs, readUrlState, writeUrlState } from "./url-codec.ts";

export interface SetOptions {
  /** A step that Back takes back; by default the address is replaced. */
  push?: boolean | undefined;
}

/**
 * State that lives in the address, so that a link gives the same view:
 * `const [view, setView] = useUrlState({ q: text(), tab: oneOf(["a", "b"], "a") })`. Changes merge, ask the server for
 * nothing, and leave defaults out. Declare the codecs outside the component.
 */
export function useUrlState<S extends object>(
  codecs: Codecs<S>,
): [S, (changes: Partial<S>, options?: SetOptions) => void] {
  const routed = useSearch().toString();
  // The router hands a new address on in its own time; until then a field must show what was typed into it.
  const [ahead, setAhead] = useState<string | null>(null);
  const query = ahead ?? routed;
  const known = useRef(codecs);
  useEffect(() => {
    const now = new URLSearchParams(window.location.search).toString();
    setAhead((kept) => (kept === routed || kept !== now ? null : kept));
  }, [routed]);
  const state = useMemo(() => readUrlState(known.current, new URLSearchParams(query)), [query]);
  const set = useCallback((changes: Partial<S>, options: SetOptions = {}) => {
    // Read from the window, not from the last render: two changes in one event must both arrive.
    const { search: now, pathname, hash } = window.location;
    const next = writeUrlState(known.current, new URLSearchParams(now), changes);
    const href = `${pathname}${next === "" ? "" : `?${next}`}${hash}`;
    if (href === `${pathname}${now}${hash}`) return;
    setAhead(new URLSearchParams(next).toString());
    if (options.push) window.history.pushState(null, "", href);
    else window.history.replaceState(null, "", href);
  }, []);
  return [state, set];
}
