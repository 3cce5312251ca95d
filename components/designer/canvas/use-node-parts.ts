"use client";

import { isSame } from "../model/is-same.ts";
import { isReady } from "../model/node-tone.ts";
import type { NodeState } from "../run/node-state.ts";
import { useDesigner } from "../session/designer.ts";
import { useStore } from "../session/store.ts";

export function useNodeState(id: string): NodeState | undefined {
  return useStore(useDesigner().states, (states) => states.get(id));
}

/** The first thing that is wrong with a node, errors before warnings. */
export function useNodeFault(id: string) {
  return useStore(
    useDesigner().faults,
    (faults) => {
      const own = faults.filter(({ node }) => node === id);
      return own.find(({ severity }) => severity === "error") ?? own[0];
    },
    isSame,
  );
}

/** Names of the input ports whose data is there, joined by commas: a text compares cheaply. */
export function useReadyInputs(id: string): string {
  const { model, states } = useDesigner();
  const feeding = useStore(
    model,
    ({ edges }) => edges.filter(({ to }) => to === id).map(({ from, toPort }) => [from, toPort] as const),
    isSame,
  );
  return useStore(states, (all) =>
    feeding
      .filter(([from]) => from.startsWith("inputs.") || isReady(all.get(from)))
      .map(([, port]) => port)
      .join(","),
  );
}
