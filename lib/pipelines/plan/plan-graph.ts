import type { GraphNode, PipelineSettings } from "../model.ts";
import { needsOf } from "../read/find-cycles.ts";

/** A step with its place in the order of work. */
export interface PlannedNode<Node extends Pick<GraphNode, "name" | "inputs" | "component"> = GraphNode> {
  node: Node;
  /** Steps that must complete before it. */
  needs: string[];
  /** Length of the longest way from here to an end; heavy steps count more. */
  priority: number;
}

/** What a step adds to the length of a way, roughly in the time that it takes. */
const heavyWeight = 10;

/**
 * The steps in an order in which each comes after those it needs (all others come after the first step and before the
 * last one, where there are such), with the length of the way that hangs on it: runners
 * take the longest first. Throws for a graph with a cycle, which has a fault.
 */
export function planGraph<Node extends Pick<GraphNode, "name" | "inputs" | "component">>(
  graph: { nodes: readonly Node[] },
  { onInit, onFinalize }: Pick<PipelineSettings, "onInit" | "onFinalize"> = {},
): PlannedNode<Node>[] {
  const planned = new Map<string, PlannedNode<Node>>();
  const waitingFor = new Map<string, number>();
  const followers = new Map<string, string[]>();
  for (const node of graph.nodes) planned.set(node.name, { node, needs: [], priority: 0 });
  for (const step of planned.values()) {
    const { name } = step.node;
    const others = name === onFinalize ? [...planned.keys()].filter((other) => other !== name) : [];
    step.needs = [...needsOf(step.node), ...others].filter((need) => planned.has(need)).sort();
    // What needs another step comes after the first one anyway.
    if (step.needs.length === 0 && onInit !== undefined && planned.has(onInit) && name !== onInit)
      step.needs = [onInit];
    waitingFor.set(name, step.needs.length);
    for (const need of step.needs) {
      const known = followers.get(need);
      if (known) known.push(name);
      else followers.set(need, [name]);
    }
  }
  const order: PlannedNode<Node>[] = [];
  const ready = [...planned.values()].filter(({ needs }) => needs.length === 0);
  // Grows while it is walked.
  for (const step of ready) {
    order.push(step);
    for (const name of followers.get(step.node.name) ?? []) {
      const left = (waitingFor.get(name) ?? 0) - 1;
      waitingFor.set(name, left);
      const next = planned.get(name);
      if (left === 0 && next) ready.push(next);
    }
  }
  if (order.length < planned.size) throw new Error("a graph with a cycle cannot be planned");
  for (const step of order.toReversed()) {
    const after = (followers.get(step.node.name) ?? []).map((name) => planned.get(name)?.priority ?? 0);
    const weight = step.node.component?.cost === "heavy" ? heavyWeight : 1;
    step.priority = weight + Math.max(0, ...after);
  }
  return order;
}
