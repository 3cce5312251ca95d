import type { FitViewOptions } from "@xyflow/react";

/** What is only painted counts as well: React Flow calls it hidden. */
export const fitWhole: FitViewOptions = { padding: 0.15, maxZoom: 1, includeHiddenNodes: true };

/** Brings one node into the middle, no larger than `maxZoom`. */
export function fitOne(id: string, maxZoom: number): FitViewOptions {
  return { nodes: [{ id }], maxZoom, duration: 160, includeHiddenNodes: true };
}
