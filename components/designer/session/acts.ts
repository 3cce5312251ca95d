import type { ComponentDefinition, PortType } from "#lib/components/model.ts";
import type { Point } from "#lib/designer/document/types.ts";
import { createJudge, type PortAddress, sourceOf } from "../model/connect.ts";
import { nodeHeight, nodeWidth, sizeOf, snapped } from "../model/geometry.ts";
import { placeMissing } from "../model/place-missing.ts";
import type { Designer } from "./designer.ts";

/** What people do to the canvas, whichever way they do it. Each is one step of undo. */

export function say(designer: Designer, text: string): void {
  designer.announcement.set(text);
}

export function select(designer: Designer, ids: Iterable<string>): void {
  designer.selection.set(new Set(ids));
}

/** Where the first step stands: off the edge of the canvas and of the bars over it, with room at both sides. */
const firstPlace: Point = { x: 280, y: 64 };

/** A place under what is selected, or under everything, where nothing stands yet. */
export function findFreePlace(designer: Designer): Point {
  const { nodes, edges } = designer.model.get();
  const places = placeMissing(nodes, edges);
  const chosen = [...designer.selection.get()].flatMap((id) => places.get(id) ?? []);
  const last = chosen.at(-1) ?? [...places.values()].sort((a, b) => b.y - a.y)[0];
  if (!last) return firstPlace;
  const at = { x: last.x, y: last.y + nodeHeight + 40 };
  const isTaken = () =>
    [...places.values()].some(
      ({ x, y }) => Math.abs(x - at.x) < nodeWidth + 8 && Math.abs(y - at.y) < nodeHeight + 8,
    );
  while (isTaken()) at.x += nodeWidth + 40;
  return { x: snapped(at.x), y: snapped(at.y) };
}

export function addComponent(designer: Designer, definition: ComponentDefinition, at?: Point): string {
  const place = at ?? findFreePlace(designer);
  const id = designer.document.addNode({
    ref: definition.ref,
    displayName: definition.displayName,
    position: { x: snapped(place.x), y: snapped(place.y) },
    ...(definition.kind === "pipeline" ? { type: "pipeline" } : {}),
  });
  select(designer, [id]);
  say(designer, `${definition.displayName} is on the canvas`);
  return id;
}

export function addData(
  designer: Designer,
  data: { path: string; type: PortType; title: string },
  at?: Point,
): string {
  const place = at ?? findFreePlace(designer);
  const name = designer.document.addData({
    path: data.path,
    type: data.type,
    position: { x: snapped(place.x), y: snapped(place.y) },
  });
  const id = `inputs.${name}`;
  select(designer, [id]);
  say(designer, `${data.title} is on the canvas`);
  return id;
}

/** Draws a line between two ports, whichever is the output; says why where it may not be drawn. */
export function connectPorts(designer: Designer, a: PortAddress, b: PortAddress): boolean {
  const model = designer.model.get();
  const verdict = createJudge(model, a)(b);
  if (!verdict.ok) {
    say(designer, verdict.reason);
    return false;
  }
  const [from, to] = a.side === "out" ? [a, b] : [b, a];
  designer.document.connect({ from: sourceOf(from.node, from.port), to: { node: to.node, port: to.port } });
  const title = (id: string) => model.byId.get(id)?.title ?? id;
  say(designer, `${title(from.node)} now feeds ${title(to.node)}`);
  return true;
}

/** The first pair of ports between two nodes that fits, for a module that is added at the end of a line. */
export function connectFirstFit(designer: Designer, from: PortAddress, id: string): void {
  const view = designer.model.get().byId.get(id);
  if (!view) return;
  const side = from.side === "out" ? "in" : "out";
  const ports = side === "out" ? view.outputs : view.kind === "step" ? view.inputs : [];
  const judge = createJudge(designer.model.get(), from);
  const port = ports.find(({ name }) => judge({ node: id, port: name, side }).ok);
  if (port) connectPorts(designer, from, { node: id, port: port.name, side });
}

/** Steps, datasets, comments and lines that are selected. */
export function removeSelected(designer: Designer): void {
  const { document, model, selection } = designer;
  const chosen = selection.get();
  const { byId, edges } = model.get();
  const nodes = [...chosen].filter((id) => byId.has(id));
  const gone = new Set(nodes);
  const lines = edges.filter(({ id, from, to }) => chosen.has(id) && !gone.has(from) && !gone.has(to));
  for (const { to, toPort } of lines) document.disconnect({ node: to, port: toPort });
  for (const id of chosen) if (id.startsWith("comment:")) document.removeComment(id.slice("comment:".length));
  if (nodes.length > 0) document.removeNodes(nodes);
  if (chosen.size > 0)
    say(
      designer,
      nodes.length === 1
        ? `${byId.get(nodes[0] ?? "")?.title} is removed`
        : `${chosen.size} things are removed`,
    );
  select(designer, []);
}

export function duplicateSelected(designer: Designer): void {
  const nodes = selectedNodes(designer);
  if (nodes.length === 0) return;
  const names = designer.document.duplicate(nodes);
  select(designer, Object.values(names));
  say(designer, `${nodes.length === 1 ? "A copy is" : `${nodes.length} copies are`} on the canvas`);
}

export function selectedNodes(designer: Designer): string[] {
  const { byId } = designer.model.get();
  return [...designer.selection.get()].filter((id) => byId.has(id));
}

export type Alignment = "left" | "center" | "right" | "top" | "row" | "column";

/** Lines selected nodes up, or gives them equal gaps along a row or a column. */
export function alignSelected(designer: Designer, how: Alignment): void {
  const { nodes, edges, byId } = designer.model.get();
  const places = placeMissing(nodes, edges);
  const chosen = selectedNodes(designer).flatMap((id) => {
    const view = byId.get(id);
    const at = places.get(id);
    return view && at ? { id, ...at, width: sizeOf(view).width } : [];
  });
  if (chosen.length < 2) return;
  const left = Math.min(...chosen.map(({ x }) => x));
  const right = Math.max(...chosen.map(({ x, width }) => x + width));
  const top = Math.min(...chosen.map(({ y }) => y));
  const positions: Record<string, Point> = {};
  const byX = [...chosen].sort((a, b) => a.x - b.x);
  const byY = [...chosen].sort((a, b) => a.y - b.y);
  let next = how === "row" ? left : top;
  for (const { id, x, y, width } of how === "column" ? byY : byX) {
    const at = { x, y };
    if (how === "left") at.x = left;
    if (how === "right") at.x = right - width;
    if (how === "center") at.x = (left + right - width) / 2;
    if (how === "top") at.y = top;
    if (how === "row") {
      at.x = next;
      at.y = top;
      next += width + 40;
    }
    if (how === "column") {
      at.x = (left + right - width) / 2;
      at.y = next;
      next += nodeHeight + 40;
    }
    positions[id] = { x: snapped(at.x), y: snapped(at.y) };
  }
  designer.document.moveNodes(positions);
}

export function groupSelected(designer: Designer): void {
  const nodes = selectedNodes(designer);
  if (nodes.length === 0) return;
  designer.document.group(nodes, "Group");
  say(designer, `${nodes.length} steps are a group`);
}

/** Takes away the groups that hold something selected; what was in them stays. */
export function ungroupSelected(designer: Designer): void {
  const chosen = new Set(selectedNodes(designer));
  const { groups } = designer.model.get();
  const found = groups.filter(({ nodes }) => nodes.some((id) => chosen.has(id)));
  for (const { id } of found) designer.document.ungroup(id);
  if (found.length > 0) say(designer, `${found.map(({ title }) => title).join(", ")}: no group any more`);
}
