import type { Fault } from "#lib/pipelines/model.ts";
import type { NodeState } from "../run/node-state.ts";

export type NodeTone = "plain" | "running" | "waiting" | "failed" | "added" | "removed" | "changed";
export type EdgeLook = "ready" | "waiting" | "running" | "added" | "removed";

export function isGoing(state: NodeState | undefined): boolean {
  return state?.kind === "running" || state?.kind === "finalizing" || state?.kind === "preparing";
}

/** Whether what an output port of the node holds is there and up to date. */
export function isReady(state: NodeState | undefined): boolean {
  return (state?.kind === "completed" || state?.kind === "reused") && !state.edited;
}

/** A fault is shown while nothing is under way that may take it away. */
export function isBroken(state: NodeState | undefined, fault: Fault | undefined): boolean {
  return fault?.severity === "error" && state?.kind !== "queued" && !isGoing(state);
}

export interface ToneFacts {
  state: NodeState | undefined;
  /** The worst of its faults. */
  fault: Fault | undefined;
  /** What differs from the version that the history shows. */
  differs?: string | undefined;
}

/** How the box of a node looks. */
export function findTone({ state, fault, differs }: ToneFacts): NodeTone {
  if (differs === "added" || differs === "changed") return differs;
  if (isBroken(state, fault) || state?.kind === "failed") return "failed";
  if (isGoing(state)) return "running";
  return state?.kind === "queued" ? "waiting" : "plain";
}

/** Whether data is there for a line, waited for, or being read. */
export function findLook(
  source: string,
  target: string,
  states: ReadonlyMap<string, NodeState>,
): "ready" | "waiting" | "running" {
  if (states.get(target)?.kind === "running") return "running";
  return source.startsWith("inputs.") || isReady(states.get(source)) ? "ready" : "waiting";
}

/** The worst fault of each node. */
export function worstFaults(faults: readonly Fault[]): Map<string, Fault> {
  const worst = new Map<string, Fault>();
  for (const fault of faults) {
    if (fault.node === undefined) continue;
    const known = worst.get(fault.node);
    if (!known || (known.severity !== "error" && fault.severity === "error")) worst.set(fault.node, fault);
  }
  return worst;
}
