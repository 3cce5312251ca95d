"use client";

import { useEffect, useState } from "react";
import type { PaletteGroup, PaletteItem, PaletteProvider } from "./palette-model.ts";

const debounceMs = 60;

/** Asks every provider; what was there stays until its new answer comes. A provider that fails says so in its group. */
export function usePaletteResults(providers: readonly PaletteProvider[], query: string, active: boolean) {
  const [found, setFound] = useState<Record<string, readonly PaletteItem[]>>({});
  const [failed, setFailed] = useState<readonly string[]>([]);
  const [waiting, setWaiting] = useState(0);

  useEffect(() => {
    if (!active || query === "") {
      setFound({});
      setFailed([]);
      return;
    }
    const abort = new AbortController();
    const give = (kind: string, items: readonly PaletteItem[]) => {
      if (!abort.signal.aborted) setFound((before) => ({ ...before, [kind]: items }));
    };
    async function ask(provider: PaletteProvider) {
      setWaiting((count) => count + 1);
      try {
        give(provider.kind, await provider.search(query, abort.signal));
        setFailed((before) => before.filter((kind) => kind !== provider.kind));
      } catch {
        if (abort.signal.aborted) return;
        give(provider.kind, []);
        setFailed((before) => [...new Set([...before, provider.kind])]);
      } finally {
        setWaiting((count) => count - 1);
      }
    }
    const timer = setTimeout(() => {
      for (const provider of providers) void ask(provider);
    }, debounceMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [providers, query, active]);

  const groups: PaletteGroup[] = providers
    .map((provider) => ({ kind: provider.kind, items: found[provider.kind] ?? [] }))
    .filter((group) => group.items.length > 0);
  return { groups, failed, waiting: waiting > 0 };
}
