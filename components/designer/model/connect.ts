import { canConnect, isValueType, type PortDefinition } from "#lib/components/model.ts";
import { reach } from "#lib/designer/document/reach.ts";
import type { EdgeSource } from "#lib/designer/document/types.ts";
import type { CanvasModel, NodeView } from "./canvas-model.ts";
import { parameterPort } from "./value-ports.ts";

export interface PortAddress {
  node: string;
  port: string;
  side: "in" | "out";
}

export type Verdict = { ok: true } | { ok: false; reason: string };

const no = (reason: string): Verdict => ({ ok: false, reason });

function findPort(view: NodeView | undefined, { port, side }: PortAddress): PortDefinition | undefined {
  if (side === "out") return view?.outputs.find(({ name }) => name === port);
  if (view?.kind !== "step") return undefined;
  const drawn = view.inputs.find(({ name }) => name === port);
  const parameter = drawn ? undefined : view.definition?.parameters.find(({ name }) => name === port);
  return drawn ?? (parameter && parameterPort(parameter));
}

/** The type of an input of a step; undefined where its component is not known, or has no such input. */
export function typeOfInput({ byId }: CanvasModel, node: string, port: string): string | undefined {
  const view = byId.get(node);
  if (view?.kind !== "step" || !view.definition) return undefined;
  return findPort(view, { node, port, side: "in" })?.type;
}

/** The inputs of a step that a line from this port may end at; a value goes into its parameters too. */
function listEnds(view: NodeView, from: PortDefinition | undefined): readonly PortDefinition[] {
  if (view.kind !== "step") return [];
  if (!from || !isValueType(from.type)) return view.inputs;
  const drawn = new Set(view.inputs.map(({ name }) => name));
  const more = (view.definition?.parameters ?? []).filter(({ name }) => !drawn.has(name));
  return [...view.inputs, ...more.map(parameterPort)];
}

/**
 * Judges lines that start at one port, whichever side it is on. What would close a circle is found once, so that every
 * port of a large canvas can ask.
 */
export function createJudge(model: CanvasModel, start: PortAddress): (end: PortAddress) => Verdict {
  let circle: Set<string> | undefined;
  const isUnknown = (id: string) => {
    const view = model.byId.get(id);
    return view?.kind === "step" && view.definition === null;
  };
  return (end) => {
    if (start.side === end.side) return no(end.side === "out" ? "Both are outputs" : "Both are inputs");
    if (start.node === end.node) return no("A step cannot feed itself");
    const [from, to] = start.side === "out" ? [start, end] : [end, start];
    const source = findPort(model.byId.get(from.node), from);
    const target = findPort(model.byId.get(to.node), to);
    if (!source || !target) return no("This port is gone");
    if (!isUnknown(from.node) && !isUnknown(to.node)) {
      const fit = canConnect(source.type, target.type);
      if (!fit.ok) return fit;
    }
    circle ??= reach(model.edges, start.node, start.side === "out" ? "before" : "after");
    return circle.has(end.node) ? no("This would go round in a circle") : { ok: true };
  };
}

export interface PortChoice extends PortAddress {
  title: string;
  portTitle: string;
  /** Something is connected there already, and would be replaced. */
  taken: boolean;
}

/** Every port that a line from this one may end at, for the ways to connect without a pointer. */
export function listTargets(model: CanvasModel, from: PortAddress): PortChoice[] {
  const side = from.side === "out" ? "in" : "out";
  const judge = createJudge(model, from);
  const start = findPort(model.byId.get(from.node), from);
  return model.nodes.flatMap((view) => {
    const ports = side === "out" ? view.outputs : listEnds(view, start);
    return ports
      .filter((port) => judge({ node: view.id, port: port.name, side }).ok)
      .map((port) => ({
        node: view.id,
        port: port.name,
        side: side as PortAddress["side"],
        title: view.title,
        portTitle: port.displayName,
        taken: model.edges.some((edge) => side === "in" && edge.to === view.id && edge.toPort === port.name),
      }));
  });
}

/** The source of a line, in the words of the document. */
export function sourceOf(node: string, port: string): EdgeSource {
  return node.startsWith("inputs.") ? { input: node.slice("inputs.".length) } : { node, port };
}

/** Whether some step gives a value that a parameter of another may take. */
export function givesValues({ nodes }: CanvasModel): boolean {
  return nodes.some(({ kind, outputs }) => kind === "step" && outputs.some(({ type }) => isValueType(type)));
}

/** Where the value of a parameter comes from, in words. */
export function describeGiven({ byId }: CanvasModel, { node, port }: { node: string; port: string }): string {
  const from = byId.get(node);
  const output = from?.outputs.find(({ name }) => name === port);
  return `${output?.displayName ?? port} of ${from?.title ?? node}`;
}
