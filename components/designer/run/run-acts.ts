"use client";

import { createContext, useContext } from "react";
import type { RunScope } from "./make-spec.ts";

/** Starts a run of the draft, or of a part of it; null where nothing can be started. */
export const RunContext = createContext<((scope: RunScope) => void) | null>(null);

export function useRunScope(): ((scope: RunScope) => void) | null {
  return useContext(RunContext);
}
