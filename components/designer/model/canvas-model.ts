import type { ComponentDefinition, PortDefinition, PortType } from "#lib/components/model.ts";
import type {
  CanvasComment,
  DataNode,
  DocumentEdge,
  DocumentNode,
  GraphDocument,
  NodeGroup,
  Point,
} from "#lib/designer/document/types.ts";
import { createWrittenReader } from "#lib/pipelines/read/written-steps.ts";
import { isSame } from "./is-same.ts";
import type { Lookup } from "./lookup.ts";
import { listInputs } from "./value-ports.ts";

/** A step on the canvas: the node of the document with what is known of its component. */
export interface StepView {
  kind: "step";
  /** Its key under `jobs`. */
  id: string;
  title: string;
  node: DocumentNode;
  definition: ComponentDefinition | null;
  /** Ports of the component, and parameters that take what another step gives. */
  inputs: readonly PortDefinition[];
  outputs: readonly PortDefinition[];
  at: Point | null;
}

/** A dataset or a model that the steps read. */
export interface DatasetView {
  kind: "data";
  /** `inputs.<name>`. */
  id: string;
  title: string;
  node: DataNode;
  outputs: readonly PortDefinition[];
  at: Point | null;
}

export type NodeView = StepView | DatasetView;

export interface CanvasModel {
  nodes: readonly NodeView[];
  byId: ReadonlyMap<string, NodeView>;
  edges: readonly DocumentEdge[];
  comments: readonly CanvasComment[];
  groups: readonly NodeGroup[];
}

export const emptyCanvas: CanvasModel = { nodes: [], byId: new Map(), edges: [], comments: [], groups: [] };
/** The only port of a data node. */
export const dataPort = "out";

function guessPort(name: string): PortDefinition {
  return {
    name,
    displayName: name.replaceAll("_", " "),
    type: "uri_folder",
    optional: true,
    description: "",
    mode: "",
  };
}

/** `azureml:bank-marketing@latest` is shown as `bank-marketing`, an address as its last part. */
export function describeDataPath(path: string): string {
  const asset = /^azureml:([^:@/][^:@]*)/.exec(path)?.[1];
  return asset ?? path.split("/").filter(Boolean).at(-1) ?? path;
}

function readData(node: DataNode): DatasetView {
  const title = node.path === "" ? node.name : describeDataPath(node.path);
  const port = { ...guessPort(dataPort), displayName: title, type: node.type as PortType, optional: false };
  return { kind: "data", id: node.id, title, node, outputs: [port], at: node.position };
}

/** Ports of a step whose component is not known: those that lines of the document end at. */
function readUnknown(node: DocumentNode, edges: readonly DocumentEdge[]): StepView {
  const names = (list: string[]) => [...new Set(list)].map(guessPort);
  return {
    kind: "step",
    id: node.name,
    title: node.displayName || node.name,
    node,
    definition: null,
    inputs: names(edges.filter(({ to }) => to === node.name).map(({ toPort }) => toPort)),
    outputs: names([
      ...Object.keys(node.outputs),
      ...edges.filter(({ from }) => from === node.name).map(({ fromPort }) => fromPort),
    ]),
    at: node.position,
  };
}

function readStep(node: DocumentNode, definition: ComponentDefinition): StepView {
  return {
    kind: "step",
    id: node.name,
    // What stands for a missing name in the document is the step's key; the module's own name says more.
    title: typeof node.raw.display_name === "string" ? node.displayName : definition.displayName || node.name,
    node,
    definition,
    inputs: listInputs(definition, node),
    outputs: definition.outputs,
    at: node.position,
  };
}

type Definitions = ReadonlyMap<string, ComponentDefinition>;

/** Finds the interfaces of steps that are written out in their nodes; one that is equal stays the same object. */
function createDefinitions(): (graph: GraphDocument, lookup: Lookup) => Definitions {
  const read = createWrittenReader();
  let last: { graph: GraphDocument; lookup: Lookup; found: Definitions } | null = null;
  return (graph, lookup) => {
    const same = (key: "nodes" | "inputs" | "outputs") => last?.graph[key] === graph[key];
    if (last && last.lookup === lookup && same("nodes") && same("inputs") && same("outputs"))
      return last.found;
    const { inputs, outputs, nodes: jobs } = graph;
    const made = read({ inputs, outputs, jobs }, lookup);
    const before = last?.found;
    const found = new Map(
      [...made].map(([name, definition]) => {
        const old = before?.get(name);
        return [name, old && isSame(old, definition) ? old : definition] as const;
      }),
    );
    last = { graph, lookup, found };
    return found;
  };
}

/** Reads what the canvas draws; a part of the document that is the same object as before gives the same view. */
export function createCanvasReader(): (graph: GraphDocument, lookup: Lookup) => CanvasModel {
  let views = new WeakMap<object, NodeView>();
  let known: Lookup | null = null;
  const readDefinitions = createDefinitions();
  return (graph, lookup) => {
    if (lookup !== known) views = new WeakMap();
    known = lookup;
    const keep = <T extends NodeView>(key: object, isRight: (old: T) => boolean, make: () => T): T => {
      const old = views.get(key) as T | undefined;
      if (old && isRight(old)) return old;
      const made = make();
      views.set(key, made);
      return made;
    };
    const written = readDefinitions(graph, lookup);
    const data = graph.dataNodes.map((node) =>
      keep(
        node,
        () => true,
        () => readData(node),
      ),
    );
    const steps = graph.nodes.map((node) => {
      const definition = node.ref === null ? (written.get(node.name) ?? null) : lookup(node.ref);
      if (!definition) return readUnknown(node, graph.edges);
      return keep<StepView>(
        node,
        (old) => old.definition === definition,
        () => readStep(node, definition),
      );
    });
    const nodes: NodeView[] = [...data, ...steps];
    const byId = new Map(nodes.map((node) => [node.id, node]));
    return {
      nodes,
      byId,
      edges: graph.edges.filter((edge) => isDrawn(edge, byId)),
      comments: graph.comments,
      groups: graph.groups,
    };
  };
}

/** A binding to something that is gone is a fault, not a line. */
function isDrawn(edge: DocumentEdge, byId: ReadonlyMap<string, NodeView>): boolean {
  const source = byId.get(edge.from);
  const target = byId.get(edge.to);
  return (
    source !== undefined &&
    target?.kind === "step" &&
    source.outputs.some(({ name }) => name === edge.fromPort) &&
    target.inputs.some(({ name }) => name === edge.toPort)
  );
}
