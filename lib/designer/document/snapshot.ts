import type { Literal } from "#lib/components/model.ts";
import { asPortType, isUnset, readBinding } from "./bindings.ts";
import type {
  Binding,
  CanvasComment,
  DataNode,
  DocumentEdge,
  DocumentNode,
  GraphDocument,
  Json,
  JsonMap,
  NodeGroup,
  Point,
  PromotedInput,
} from "./types.ts";
import { isMap, mapOf, sameValue, textOf, valueAt } from "./values.ts";

/** Parts of the last picture, by what they were made of. */
export interface SnapshotCache {
  nodes: Map<string, { raw: Json; place: Json | undefined; node: DocumentNode; edges: DocumentEdge[] }>;
  data: Map<string, { raw: Json; place: Json | undefined; node: DataNode }>;
  last: GraphDocument | null;
}

export function createSnapshotCache(): SnapshotCache {
  return { nodes: new Map(), data: new Map(), last: null };
}

function pointOf(value: Json | undefined): Point | null {
  if (!Array.isArray(value)) return null;
  const [x, y] = value;
  return typeof x === "number" && typeof y === "number" ? { x, y } : null;
}

/** Whether a pipeline input stands on the canvas: it is data or a model, not a value. */
export function isDataInput(value: Json): boolean {
  if (!isMap(value)) return false;
  return asPortType(value.type) !== undefined || (typeof value.path === "string" && !("value" in value));
}

function makeNode(name: string, raw: Json, place: Json | undefined): DocumentNode {
  const map = mapOf(raw);
  const inputs: Record<string, Binding> = {};
  for (const [key, value] of Object.entries(mapOf(map.inputs))) {
    if (!isUnset(value)) inputs[key] = readBinding(value);
  }
  const { component } = map;
  return {
    name,
    ref: typeof component === "string" ? component : null,
    type: textOf(map.type) || "command",
    displayName: textOf(map.display_name) || name,
    inputs,
    outputs: mapOf(map.outputs),
    position: pointOf(place),
    comment: textOf(map.comment),
    compute: textOf(map.compute) || null,
    environment: map.environment ?? null,
    isolation: map.isolation === true,
    raw: map,
  };
}

function makeEdges(node: DocumentNode, isData: (input: string) => boolean): DocumentEdge[] {
  const edges: DocumentEdge[] = [];
  for (const [port, binding] of Object.entries(node.inputs)) {
    const to = { to: node.name, toPort: port, id: `${node.name}.${port}` };
    if (binding.kind === "output") edges.push({ ...to, from: binding.node, fromPort: binding.port });
    if (binding.kind === "pipeline_input" && isData(binding.name))
      edges.push({ ...to, from: `inputs.${binding.name}`, fromPort: "out" });
  }
  return edges;
}

function readNodes(edited: JsonMap, cache: SnapshotCache, dataChanged: boolean) {
  const inputs = mapOf(edited.inputs);
  const isData = (name: string) => isDataInput(inputs[name] ?? null);
  const positions = mapOf(valueAt(edited, ["designer", "positions"]));
  const entries: SnapshotCache["nodes"] = new Map();
  for (const [name, raw] of Object.entries(mapOf(edited.jobs))) {
    const place = positions[name];
    const old = cache.nodes.get(name);
    if (old?.raw === raw && sameValue(old.place, place)) {
      entries.set(
        name,
        dataChanged ? { ...old, edges: keepEdges(old.edges, makeEdges(old.node, isData)) } : old,
      );
      continue;
    }
    const node = makeNode(name, raw, place);
    const edges = makeEdges(node, isData);
    entries.set(name, { raw, place, node, edges: old ? keepEdges(old.edges, edges) : edges });
  }
  cache.nodes = entries;
  return [...entries.values()];
}

/** Edges that did not change keep being the same objects. */
function keepEdges(old: DocumentEdge[], edges: DocumentEdge[]): DocumentEdge[] {
  const same = (a: DocumentEdge, b: DocumentEdge) =>
    a.id === b.id && a.from === b.from && a.fromPort === b.fromPort;
  const kept = edges.map((edge) => old.find((other) => same(other, edge)) ?? edge);
  return kept.length === old.length && kept.every((edge, index) => edge === old[index]) ? old : kept;
}

function readData(edited: JsonMap, cache: SnapshotCache): DataNode[] {
  const positions = mapOf(valueAt(edited, ["designer", "positions"]));
  const entries: SnapshotCache["data"] = new Map();
  for (const [name, raw] of Object.entries(mapOf(edited.inputs))) {
    if (!isDataInput(raw)) continue;
    const place = positions[`inputs.${name}`];
    const old = cache.data.get(name);
    if (old?.raw === raw && sameValue(old.place, place)) {
      entries.set(name, old);
      continue;
    }
    const map = mapOf(raw);
    const node: DataNode = {
      name,
      id: `inputs.${name}`,
      path: textOf(map.path),
      type: asPortType(map.type) ?? "uri_folder",
      mode: textOf(map.mode) || null,
      position: pointOf(place),
    };
    entries.set(name, { raw, place, node });
  }
  cache.data = entries;
  return [...entries.values()].map((entry) => entry.node);
}

/** Names of types of values, as a pipeline input may declare them. */
function literalType(raw: Json, value: Literal): string {
  const declared = textOf(mapOf(raw).type);
  if (declared) return declared;
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return "string";
}

function readPromoted(edited: JsonMap, nodes: readonly DocumentNode[]): PromotedInput[] {
  const uses = new Map<string, { node: string; parameter: string }[]>();
  for (const node of nodes) {
    for (const [parameter, binding] of Object.entries(node.inputs)) {
      if (binding.kind !== "pipeline_input") continue;
      const list = uses.get(binding.name) ?? [];
      list.push({ node: node.name, parameter });
      uses.set(binding.name, list);
    }
  }
  return Object.entries(mapOf(edited.inputs)).flatMap(([name, raw]) => {
    if (isDataInput(raw)) return [];
    const found = isMap(raw) ? (raw.value ?? raw.default ?? null) : raw;
    const value: Literal = typeof found === "object" ? null : found;
    return [{ name, type: literalType(raw, value), value, uses: uses.get(name) ?? [] }];
  });
}

const numberOf = (value: Json | undefined, fallback: number) =>
  typeof value === "number" ? value : fallback;

function readGroups(edited: JsonMap): NodeGroup[] {
  return Object.entries(mapOf(valueAt(edited, ["designer", "groups"]))).map(([id, raw]) => {
    const map = mapOf(raw);
    const nodes = Array.isArray(map.nodes) ? map.nodes.filter((name) => typeof name === "string") : [];
    return { id, title: textOf(map.title), nodes, color: textOf(map.color) };
  });
}

function readComments(edited: JsonMap): CanvasComment[] {
  return Object.entries(mapOf(valueAt(edited, ["designer", "comments"]))).map(([id, raw]) => {
    const map = mapOf(raw);
    return {
      id,
      text: textOf(map.text),
      x: numberOf(map.x, 0),
      y: numberOf(map.y, 0),
      w: numberOf(map.w, 240),
      h: numberOf(map.h, 120),
      author: textOf(map.author),
      at: numberOf(map.at, 0),
    };
  });
}

/** The items, as the same array (and the same items) as before where they are equal. */
function keep<T>(old: readonly T[] | undefined, items: readonly T[]): readonly T[] {
  if (!old) return items;
  const kept = items.map((item, index) => {
    const before = old[index];
    return before !== undefined && sameValue(before as Json, item as Json) ? before : item;
  });
  return kept.length === old.length && kept.every((item, index) => item === old[index]) ? old : kept;
}

/** The edited form as a picture; `before` is the form of the last one. */
export function takeSnapshot(edited: JsonMap, before: JsonMap | null, cache: SnapshotCache): GraphDocument {
  const last = cache.last;
  const entries = readNodes(edited, cache, before === null || before.inputs !== edited.inputs);
  const nodes = keepList(
    last?.nodes,
    entries.map((entry) => entry.node),
  );
  const picture: GraphDocument = {
    displayName: textOf(edited.display_name),
    description: textOf(edited.description),
    nodes,
    dataNodes: keepList(last?.dataNodes, readData(edited, cache)),
    promoted: keep(last?.promoted, readPromoted(edited, nodes)),
    inputs: mapOf(edited.inputs),
    outputs: mapOf(edited.outputs),
    edges: keepList(
      last?.edges,
      entries.flatMap((entry) => entry.edges),
    ),
    groups: keep(last?.groups, readGroups(edited)),
    comments: keep(last?.comments, readComments(edited)),
    settings: mapOf(edited.settings),
  };
  cache.last = picture;
  return picture;
}

function keepList<T>(old: readonly T[] | undefined, items: readonly T[]): readonly T[] {
  return old && old.length === items.length && items.every((item, index) => item === old[index])
    ? old
    : items;
}
