"use client";

import { useRef, useSyncExternalStore } from "react";

/** A value outside of React: a component reads the part it shows, and is drawn again when that part changes. */
export interface Store<T> {
  get(): T;
  set(next: T | ((now: T) => T)): void;
  subscribe(listener: () => void): () => void;
}

export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      const made = typeof next === "function" ? (next as (now: T) => T)(value) : next;
      if (Object.is(made, value)) return;
      value = made;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Changes some fields of a store of fields. */
export function patch<T extends object>(store: Store<T>, fields: Partial<T>): void {
  store.set((now) => ({ ...now, ...fields }));
}

/** The part of the store that `select` picks; `same` decides when it counts as unchanged. */
export function useStore<T, Part>(
  store: Store<T>,
  select: (value: T) => Part,
  same: (a: Part, b: Part) => boolean = Object.is,
): Part {
  const last = useRef<{ part: Part } | null>(null);
  const read = () => {
    const part = select(store.get());
    if (last.current && same(last.current.part, part)) return last.current.part;
    last.current = { part };
    return part;
  };
  return useSyncExternalStore(store.subscribe, read, read);
}
