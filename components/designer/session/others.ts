"use client";

import { createContext, useContext } from "react";
import { isSame } from "../model/is-same.ts";
import { createStore, type Store, useStore } from "./store.ts";

/** Somebody else who has this draft open. */
export interface Other {
  /** Of one open page. */
  client: number;
  id: string;
  name: string;
  /** 1 to 4: which of the people's colours. */
  hue: number;
  /** On the canvas; null while the pointer is elsewhere. */
  cursor: { x: number; y: number } | null;
  selection: readonly string[];
  /** Where nodes are that they are dragging. */
  dragging: Readonly<Record<string, { x: number; y: number }>>;
}

export const OthersContext = createContext<Store<readonly Other[]>>(createStore<readonly Other[]>([]));

export function useOthers<Part>(select: (others: readonly Other[]) => Part): Part {
  return useStore(useContext(OthersContext), select, isSame);
}
