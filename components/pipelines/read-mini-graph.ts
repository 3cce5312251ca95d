import { parse } from "yaml";

export interface MiniNode {
  id: string;
  /** Data that comes from outside of the pipeline. */
  isData: boolean;
  x: number;
  y: number;
}

export interface MiniGraph {
  nodes: MiniNode[];
  edges: { from: string; to: string }[];
}

type Mapping = Record<string, unknown>;
const isMapping = (value: unknown): value is Mapping =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const output = /^\$\{\{\s*parent\.jobs\.(\w+)\.outputs\.\w+\s*\}\}$/;
const input = /^\$\{\{\s*parent\.inputs\.(\w+)\s*\}\}$/;

/** What an input is bound to: `node`, or `inputs.<name>`. */
function sourceOf(value: unknown): string | null {
  const text = isMapping(value) ? value.path : value;
  if (typeof text !== "string") return null;
  const made = output.exec(text)?.[1];
  if (made) return made;
  const given = input.exec(text)?.[1];
  return given ? `inputs.${given}` : null;
}

/** Rows by how far a step is from the start, where the document says nothing of places. */
function layer(ids: readonly string[], edges: MiniGraph["edges"]): Map<string, [number, number]> {
  const depth = new Map<string, number>();
  const depthOf = (id: string, seen: readonly string[]): number => {
    const known = depth.get(id);
    if (known !== undefined) return known;
    const before = edges.filter(({ to, from }) => to === id && !seen.includes(from));
    const own = before.reduce((most, { from }) => Math.max(most, depthOf(from, [...seen, id]) + 1), 0);
    depth.set(id, own);
    return own;
  };
  const filled = new Map<number, number>();
  return new Map(
    ids.map((id) => {
      const row = depthOf(id, [id]);
      const column = filled.get(row) ?? 0;
      filled.set(row, column + 1);
      return [id, [column * 280, row * 104]];
    }),
  );
}

/** Where the steps of a pipeline stand and what feeds what; nothing for a text that is no pipeline. */
export function readMiniGraph(text: string): MiniGraph {
  let document: unknown;
  try {
    document = parse(text);
  } catch {
    return { nodes: [], edges: [] };
  }
  if (!isMapping(document) || !isMapping(document.jobs)) return { nodes: [], edges: [] };
  const jobs = Object.entries(document.jobs);
  const bound = jobs.flatMap(([to, job]) =>
    Object.values(isMapping(job) && isMapping(job.inputs) ? job.inputs : {}).flatMap((value) => {
      const from = sourceOf(value);
      return from ? [{ from, to }] : [];
    }),
  );
  const data = Object.entries(isMapping(document.inputs) ? document.inputs : {})
    .filter(([, value]) => isMapping(value) && typeof value.path === "string")
    .map(([name]) => `inputs.${name}`);
  const ids = [...data, ...jobs.map(([name]) => name)];
  const edges = bound.filter(({ from, to }) => ids.includes(from) && from !== to);
  const places = isMapping(document.designer) ? document.designer.positions : null;
  const fallback = layer(ids, edges);
  const nodes = ids.map((id) => {
    const place = isMapping(places) ? places[id] : undefined;
    const [x, y] =
      Array.isArray(place) && place.every(Number.isFinite) ? place : (fallback.get(id) ?? [0, 0]);
    return { id, isData: id.startsWith("inputs."), x: Number(x), y: Number(y) };
  });
  return { nodes, edges };
}
