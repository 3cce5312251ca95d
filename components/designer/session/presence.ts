"use client";

import { createContext, useContext } from "react";
import type { Point } from "#lib/designer/document/types.ts";

/** What this page tells the others who have the draft open. */
export interface PresenceSender {
  point(at: Point | null): void;
  drag(positions: Readonly<Record<string, Point>> | null): void;
  select(ids: readonly string[]): void;
}

const alone: PresenceSender = { point: () => {}, drag: () => {}, select: () => {} };
export const PresenceContext = createContext<PresenceSender>(alone);

export function usePresence(): PresenceSender {
  return useContext(PresenceContext);
}
