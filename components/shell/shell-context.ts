"use client";

import { createContext, type ReactNode, useContext } from "react";

export interface ShellContextValue {
  openSearch: () => void;
  openKeys: () => void;
  openNav: () => void;
  /** People here now and the like, at the right of every top bar. */
  topBarEnd: ReactNode;
}

export const ShellContext = createContext<ShellContextValue>({
  openSearch: () => {},
  openKeys: () => {},
  openNav: () => {},
  topBarEnd: null,
});

/** Opens the palette, the list of keys or the drawer from anywhere in the shell. */
export function useShell(): ShellContextValue {
  return useContext(ShellContext);
}
