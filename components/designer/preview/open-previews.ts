import type { Designer, OpenPreview } from "../session/designer.ts";

type Address = Pick<OpenPreview, "node" | "port">;
const isAt = (a: Address, b: Address) => a.node === b.node && a.port === b.port;

/** Ports whose card the pointer is on: leaving the port does not close those. */
const held = new Set<string>();
const keyOf = ({ node, port }: Address) => `${node}.${port}`;

/** One card that is not pinned at a time; pinned ones stay beside it. `pin` keeps it until it is closed. */
export function showPreview(designer: Designer, at: Address, how: "hover" | "pin"): void {
  designer.previews.set((open) => {
    const there = open.find((one) => isAt(one, at));
    if (there && (there.pinned || how === "hover")) return open;
    const others = open.filter((one) => one.pinned && !isAt(one, at));
    return [...others, { node: at.node, port: at.port, pinned: how === "pin" }];
  });
}

export function closePreview(designer: Designer, at: Address): void {
  held.delete(keyOf(at));
  designer.previews.set((open) => open.filter((one) => !isAt(one, at)));
}

export function togglePin(designer: Designer, at: Address): void {
  designer.previews.set((open) => open.map((one) => (isAt(one, at) ? { ...one, pinned: !one.pinned } : one)));
}

export function holdPreview(at: Address, on: boolean): void {
  if (on) held.add(keyOf(at));
  else held.delete(keyOf(at));
}

/** The pointer left the port: the card goes, unless it is pinned or the pointer is on it. */
export function closeHover(designer: Designer, at: Address): void {
  const open = designer.previews.get().find((one) => isAt(one, at));
  if (open && !open.pinned && !held.has(keyOf(at))) closePreview(designer, at);
}
