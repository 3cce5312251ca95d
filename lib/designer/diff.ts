import { readText } from "./document/read-text.ts";
import { toEdited } from "./document/shape.ts";
import { createSnapshotCache, takeSnapshot } from "./document/snapshot.ts";
import type { DataNode, DocumentEdge, DocumentNode, GraphDocument, Json, JsonMap } from "./document/types.ts";
import { isMap, mapOf, sameValue } from "./document/values.ts";
import type { DraftDifference } from "./model.ts";

type Change = DraftDifference["settings"][number];

/** Values that differ below two mappings, by dotted path; mappings that only one side has are told leaf by leaf. */
function changesBelow(before: JsonMap, after: JsonMap, path: string): Change[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key): Change[] => {
    const [old, next] = [before[key], after[key]];
    if (sameValue(old, next)) return [];
    const at = path ? `${path}.${key}` : key;
    const inner = (isMap(old) || old === undefined) && (isMap(next) || next === undefined);
    return inner
      ? changesBelow(mapOf(old), mapOf(next), at)
      : [{ path: at, before: old ?? null, after: next ?? null }];
  });
}

interface Placed {
  displayName: string;
  place: [number, number] | null;
  value: JsonMap;
}

function placedNodes(graph: GraphDocument): Map<string, Placed> {
  const place = ({ position }: DocumentNode | DataNode): [number, number] | null =>
    position ? [position.x, position.y] : null;
  return new Map([
    ...graph.nodes.map((node): [string, Placed] => [
      node.name,
      { displayName: node.displayName, place: place(node), value: node.raw as JsonMap },
    ]),
    ...graph.dataNodes.map((node): [string, Placed] => [
      node.id,
      { displayName: node.name, place: place(node), value: { path: node.path, type: node.type } },
    ]),
  ]);
}

/** What a drawing of two versions of a pipeline marks. Throws `DocumentError` for text that is no pipeline. */
export function diffTexts(before: string, after: string): DraftDifference {
  const [one, other] = [before, after].map((text) => toEdited(readText(text).value)) as [JsonMap, JsonMap];
  const [old, next] = [one, other].map((edited) => takeSnapshot(edited, null, createSnapshotCache())) as [
    GraphDocument,
    GraphDocument,
  ];
  const [oldNodes, nextNodes] = [placedNodes(old), placedNodes(next)];
  const nodes: DraftDifference["nodes"] = [];
  for (const name of new Set([...oldNodes.keys(), ...nextNodes.keys()])) {
    const [was, is] = [oldNodes.get(name), nextNodes.get(name)];
    const shown = is ?? was;
    if (!shown) continue;
    const changes = was && is ? changesBelow(was.value, is.value, "") : [];
    const moved = was && is && !sameValue(was.place, is.place);
    const state = !was ? "added" : !is ? "removed" : changes.length > 0 ? "changed" : moved ? "moved" : null;
    if (!state) continue;
    const { displayName } = shown;
    nodes.push({ name, state, displayName, before: was?.place ?? null, after: is?.place ?? null, changes });
  }
  return {
    nodes,
    edges: diffEdges(old.edges, next.edges),
    settings: changesBelow(rest(one), rest(other), ""),
  };
}

/** What is neither a step, data, nor drawing. */
function rest(edited: JsonMap): JsonMap {
  const { jobs: _, designer: __, inputs, ...others } = edited;
  const values = Object.entries(mapOf(inputs)).filter(([, value]) => !isMap(value));
  return { ...others, inputs: Object.fromEntries<Json>(values) };
}

function diffEdges(
  before: readonly DocumentEdge[],
  after: readonly DocumentEdge[],
): DraftDifference["edges"] {
  const text = ({ from, fromPort, to, toPort }: DocumentEdge) => [from, fromPort, to, toPort].join(" ");
  const [old, next] = [before, after].map((edges) => new Set(edges.map(text))) as [Set<string>, Set<string>];
  const told = (state: "added" | "removed", edges: readonly DocumentEdge[], others: Set<string>) =>
    edges
      .filter((edge) => !others.has(text(edge)))
      .map(({ from, fromPort, to, toPort }) => ({ state, from, fromPort, to, toPort }));
  return [...told("removed", before, next), ...told("added", after, old)];
}
