interface Placed {
  id: string;
  type?: string | undefined;
  position: { x: number; y: number };
  width?: number | undefined;
}

/** The nearest node in a direction: what stands straight ahead counts as nearer than what stands aside. */
export function findNeighbour(
  nodes: readonly Placed[],
  from: string,
  direction: "left" | "right" | "up" | "down",
): string | null {
  const start = nodes.find(({ id }) => id === from);
  if (!start) return null;
  const middle = (node: Placed) => ({ x: node.position.x + (node.width ?? 0) / 2, y: node.position.y });
  const here = middle(start);
  const sideways = direction === "left" || direction === "right";
  const sign = direction === "right" || direction === "down" ? 1 : -1;
  let best: { id: string; cost: number } | null = null;
  for (const node of nodes) {
    if (node.id === from || node.type === "group-box" || node.type === "ghost") continue;
    const there = middle(node);
    const ahead = sign * (sideways ? there.x - here.x : there.y - here.y);
    if (ahead <= 0) continue;
    const cost = ahead + 2 * Math.abs(sideways ? there.y - here.y : there.x - here.x);
    if (!best || cost < best.cost) best = { id: node.id, cost };
  }
  return best?.id ?? null;
}
