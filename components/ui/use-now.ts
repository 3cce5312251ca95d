"use client";

import { useSyncExternalStore } from "react";

const listeners = new Map<number, Set<() => void>>();
const timers = new Map<number, ReturnType<typeof setInterval>>();

function subscribe(stepMs: number, listener: () => void): () => void {
  const set = listeners.get(stepMs) ?? new Set();
  listeners.set(stepMs, set.add(listener));
  if (!timers.has(stepMs)) {
    timers.set(
      stepMs,
      setInterval(() => {
        for (const each of set) each();
      }, stepMs),
    );
  }
  return () => {
    set.delete(listener);
    if (set.size > 0) return;
    clearInterval(timers.get(stepMs));
    timers.delete(stepMs);
  };
}

const subscriptions = new Map<number, (listener: () => void) => () => void>();

/** The time in milliseconds, in steps; one timer serves the whole page. On the server, and while its page wakes up, 0. */
export function useNow(stepMs = 1_000): number {
  let subscription = subscriptions.get(stepMs);
  if (subscription === undefined) {
    subscription = (listener) => subscribe(stepMs, listener);
    subscriptions.set(stepMs, subscription);
  }
  return useSyncExternalStore(
    subscription,
    () => Math.floor(Date.now() / stepMs) * stepMs,
    () => 0,
  );
}
