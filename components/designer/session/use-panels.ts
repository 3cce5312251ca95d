"use client";

import { createContext, useContext } from "react";
import type { Point } from "#lib/designer/document/types.ts";
import type { PortAddress } from "../model/connect.ts";
import { createStore, patch, type Store, useStore } from "./store.ts";

/** Which parts of the page are open. */
export interface Panels {
  yaml: boolean;
  /** The line that the text shows, from 1. */
  textLine: number | null;
  history: boolean;
  submit: boolean;
  find: boolean;
  keys: boolean;
  outline: boolean;
  inspectorTab: "parameters" | "outputs" | "runtime" | "log";
  /** The search that adds a module: where on the screen, where on the canvas, and what it is to be connected with. */
  quickAdd: { screen: Point; at: Point; from: PortAddress | null } | null;
  /**
   * The port that is being connected without a pointer; of a step with several, none is chosen yet. `to` is the step that
   * a line was dropped on.
   */
  connect: { node: string; from: PortAddress | null; to?: string } | null;
}

export const closedPanels: Panels = {
  yaml: false,
  textLine: null,
  history: false,
  submit: false,
  find: false,
  keys: false,
  outline: false,
  inspectorTab: "parameters",
  quickAdd: null,
  connect: null,
};

export const PanelsContext = createContext<Store<Panels>>(createStore(closedPanels));

export function usePanels(): Store<Panels> {
  return useContext(PanelsContext);
}

export function usePanel<Key extends keyof Panels>(key: Key): [Panels[Key], (value: Panels[Key]) => void] {
  const panels = usePanels();
  const value = useStore(panels, (now) => now[key]);
  return [value, (next) => patch(panels, { [key]: next } as Partial<Panels>)];
}
