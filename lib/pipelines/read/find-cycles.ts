import type { GraphNode } from "../model.ts";

/** The steps whose outputs a step reads. */
export function needsOf(node: Pick<GraphNode, "inputs">): string[] {
  const names = Object.values(node.inputs).flatMap((binding) =>
    binding.kind === "output" ? [binding.node] : [],
  );
  return [...new Set(names)];
}

/** Steps that wait for each other, in the order of the data: `["a", "b"]` where a feeds b and b feeds a. Each step is told once. */
export function findCycles(nodes: readonly Pick<GraphNode, "name" | "inputs">[]): string[][] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const done = new Set<string>();
  const cycles: string[][] = [];
  for (const start of nodes) {
    // The way from `start` to the step at hand, each with the needs that are still to be looked at.
    const way: { name: string; rest: string[] }[] = [];
    const onWay = new Map<string, number>();
    const enter = (name: string) => {
      const node = byName.get(name);
      if (!node || done.has(name)) return;
      onWay.set(name, way.length);
      way.push({ name, rest: needsOf(node) });
    };
    enter(start.name);
    for (let here = way.at(-1); here; here = way.at(-1)) {
      const next = here.rest.pop();
      if (next === undefined) {
        done.add(here.name);
        onWay.delete(here.name);
        way.pop();
        continue;
      }
      const at = onWay.get(next);
      if (at === undefined) enter(next);
      else if (!cycles.some((cycle) => cycle.includes(next)))
        cycles.push(
          way
            .slice(at)
            .map(({ name }) => name)
            .reverse(),
        );
    }
  }
  return cycles;
}
