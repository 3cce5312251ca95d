import type { Node } from "@xyflow/react";
import { statusTone } from "#components/ui/status.ts";
import type { DocumentEdge } from "#lib/designer/document/types.ts";
import { findLook, findTone, worstFaults } from "../../model/node-tone.ts";
import type { Designer } from "../../session/designer.ts";
import type { Other } from "../../session/others.ts";

/** Colour roles of a painted box. */
export interface Paint {
  fill: string;
  edge: string;
  dashed: boolean;
}

/** Everything that is painted: what stands where, and how it looks. */
export interface Scene {
  nodes: readonly Node[];
  byId: ReadonlyMap<string, Node>;
  edges: readonly DocumentEdge[];
  /** Ids of what stands there as elements, and is not painted. */
  drawn: ReadonlySet<string>;
  selection: ReadonlySet<string>;
  paintOf(id: string): Paint;
  lookOf(edge: DocumentEdge): "ready" | "waiting" | "running";
  /** The hue of somebody else who has it selected. */
  hueOf(id: string): number | undefined;
}

const tones: Record<ReturnType<typeof findTone>, Paint> = {
  plain: { fill: "panel", edge: "line-2", dashed: false },
  running: { fill: "running-tint", edge: "running", dashed: false },
  waiting: { fill: "subtle", edge: "line-2", dashed: true },
  failed: { fill: "failed-tint", edge: "failed", dashed: false },
  added: { fill: "completed-tint", edge: "completed", dashed: false },
  removed: { fill: "failed-tint", edge: "failed", dashed: true },
  changed: { fill: "warning-tint", edge: "warning", dashed: false },
};

/** How each step looks, from the run, the faults and the history. From afar a step has the colour of its state. */
export function makePaints(
  designer: Designer,
  others: readonly Other[],
): Pick<Scene, "paintOf" | "lookOf" | "hueOf"> {
  const states = designer.states.get();
  const faults = worstFaults(designer.faults.get());
  const differences = new Map(designer.difference.get()?.nodes.map(({ name, state }) => [name, state]));
  const hues = new Map(others.flatMap(({ selection, hue }) => selection.map((id) => [id, hue] as const)));
  return {
    paintOf(id) {
      const state = states.get(id);
      const tone = findTone({ state, fault: faults.get(id), differs: differences.get(id) });
      if (tone !== "plain" || !state || state.edited) return tones[tone];
      const colour = statusTone[state.kind];
      return { fill: `${colour}-tint`, edge: colour, dashed: false };
    },
    lookOf: ({ from, to }) => findLook(from, to, states),
    hueOf: (id) => hues.get(id),
  };
}
