import { reach } from "#lib/designer/document/reach.ts";
import type { NodeState } from "../run/node-state.ts";
import type { CanvasModel } from "./canvas-model.ts";

export interface Effect {
  /** Steps that the next run repeats, and those that it reuses; ids in the order of the document. */
  again: string[];
  reused: string[];
  /** What the repeated steps took last time; null where one of them never ran. */
  aboutMs: number | null;
}

/** What the changes since the last run mean for the next one: what was changed runs again, and all that comes after it. */
export function findEffect(model: CanvasModel, states: ReadonlyMap<string, NodeState>): Effect {
  const steps = model.nodes.filter((view) => view.kind === "step").map(({ id }) => id);
  const isDone = (id: string) => {
    const state = states.get(id);
    return state !== undefined && !state.edited && (state.kind === "completed" || state.kind === "reused");
  };
  const repeated = new Set<string>();
  for (const id of steps) {
    if (isDone(id)) continue;
    repeated.add(id);
    for (const after of reach(model.edges, id, "after")) repeated.add(after);
  }
  const again = steps.filter((id) => repeated.has(id));
  let aboutMs: number | null = 0;
  for (const id of again) {
    const state = states.get(id);
    const took = state?.startedAt != null && state.endedAt !== null ? state.endedAt - state.startedAt : null;
    aboutMs = took === null || aboutMs === null ? null : aboutMs + took;
  }
  return { again, reused: steps.filter((id) => !repeated.has(id)), aboutMs };
}
