import type { Literal, PortType } from "#lib/components/model.ts";

/** What can be written in a document: YAML's own kinds of value. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonMap = { [key: string]: Json };

/** What an input port or a parameter of a node is fed with. */
export type Binding =
  | { kind: "literal"; value: Literal }
  | { kind: "pipeline_input"; name: string }
  | { kind: "output"; node: string; port: string }
  | { kind: "data"; path: string; type?: PortType }
  /** Text with expressions inside, or a form that the canvas only shows. */
  | { kind: "other"; value: Json };

export interface Point {
  x: number;
  y: number;
}

export interface DocumentNode {
  name: string;
  /** What it writes in `component:`; null for an inline job. */
  ref: string | null;
  type: string;
  displayName: string;
  inputs: Readonly<Record<string, Binding>>;
  outputs: Readonly<JsonMap>;
  /** Null: not placed yet. */
  position: Point | null;
  comment: string;
  compute: string | null;
  environment: Json;
  isolation: boolean;
  /** The node as the text has it, for what is not named above. */
  raw: Readonly<JsonMap>;
}

/** A dataset (or model) on the canvas: a pipeline input of a data type. Its canvas id is `inputs.<name>`. */
export interface DataNode {
  name: string;
  id: `inputs.${string}`;
  /** `azureml:bank-marketing@latest`, an address, … */
  path: string;
  type: PortType;
  mode: string | null;
  position: Point | null;
}

/** A pipeline input that holds a value, fed to parameters. */
export interface PromotedInput {
  name: string;
  /** `string`, `integer`, `number`, `boolean`. */
  type: string;
  value: Literal;
  /** Who uses it. */
  uses: readonly { node: string; parameter: string }[];
}

export interface DocumentEdge {
  id: string;
  /** A node's name, or `inputs.<name>`. */
  from: string;
  /** `out` for a data node. */
  fromPort: string;
  to: string;
  toPort: string;
}

export interface NodeGroup {
  id: string;
  title: string;
  nodes: readonly string[];
  color: string;
}

export interface CanvasComment {
  id: string;
  text: string;
  x: number;
  y: number;
  w: number;
  h: number;
  author: string;
  /** UTC milliseconds. */
  at: number;
}

/** An immutable picture of a document. Parts that did not change are the same objects as in the picture before. */
export interface GraphDocument {
  /** The pipeline's `display_name`. */
  displayName: string;
  description: string;
  nodes: readonly DocumentNode[];
  dataNodes: readonly DataNode[];
  promoted: readonly PromotedInput[];
  /** As the text has them. */
  inputs: Readonly<JsonMap>;
  outputs: Readonly<JsonMap>;
  edges: readonly DocumentEdge[];
  groups: readonly NodeGroup[];
  comments: readonly CanvasComment[];
  settings: Readonly<JsonMap>;
}

export type EdgeSource = { node: string; port: string } | { input: string };

export interface EdgeTarget {
  node: string;
  port: string;
}

export interface NewNode {
  ref: string;
  displayName: string;
  position: Point;
  /** The node's type in the text: `command` unless told; pipeline components need `pipeline`. */
  type?: string;
  /** Only what differs from the component's defaults need be given. */
  parameters?: Record<string, Literal>;
}

export interface NewData {
  /** `azureml:bank-marketing@latest`. */
  path: string;
  type: PortType;
  position: Point;
  /** The name of the pipeline input; found from the path when left out. */
  name?: string;
}

/** Keys of a node that the inspector sets; null takes one away. */
export interface NodeChange {
  display_name?: string | null;
  component?: string;
  comment?: string | null;
  compute?: string | null;
  environment?: Json;
  environment_variables?: Json;
  limits?: Json;
  resources?: Json;
  retries?: Json;
  isolation?: boolean | null;
  /** False: never reused; null: as the component. */
  is_deterministic?: boolean | null;
  disabled?: boolean | null;
  outputs?: JsonMap;
}

export type NewComment = Pick<CanvasComment, "text" | "x" | "y"> & Partial<CanvasComment>;

/** Somebody else changed a field that was changed or is being edited here. */
export interface Clash {
  /** A node's name; `""` for a field of the pipeline itself. */
  node: string;
  /** Dotted: `inputs.learning_rate`, `display_name`, `component`; of the pipeline: `settings.default_compute`. */
  field: string;
  mine: Json | undefined;
  /** Undefined: the field or its node was removed. */
  theirs: Json | undefined;
  /** The other's name. */
  by: string;
}

/** What a shared editing session tells about who else is there (y-protocols' Awareness fits). */
export interface Presence {
  clientID: number;
  getStates(): Map<number, Record<string, unknown>>;
}

export interface OpenOptions {
  presence?: Presence;
  /** For tests; the present time unless given. */
  now?: () => number;
}

/**
 * An open draft: one Y.Doc seen as a graph and as text. Every command is one transaction and one step of undo.
 * Commands throw `DocumentError` when what they name is not there.
 */
export interface PipelineDocument {
  /** For `useSyncExternalStore`. */
  getGraphDocument(): GraphDocument;
  subscribe(listener: () => void): () => void;

  /**
   * How the types of inputs are found where the text does not say them: of those that take what a component gives. An input
   * of a command that is written out in its node stays declared with its type when it loses what it is set to.
   */
  setTypes(find: (node: string, input: string) => string | undefined): void;

  /** The name that the node got: snake case of its display name, unique. */
  addNode(node: NewNode): string;
  /** The name of the pipeline input. */
  addData(data: NewData): string;
  setData(name: string, change: { path?: string; type?: PortType; mode?: string | null }): void;
  /** Nodes and data nodes (`inputs.<name>`), with what was connected to them. */
  removeNodes(names: readonly string[]): void;
  /** Copies beside the originals, fed by the same sources; the new names by the old ones. */
  duplicate(names: readonly string[]): Record<string, string>;
  /** YAML of some nodes, with the data and promoted values that they use. */
  copyAsText(names: readonly string[]): string;
  /** Adds what `copyAsText` gave (or any pipeline's text); the new ids. Bindings to what is not part of it are left out. */
  pasteText(text: string, at?: Point): string[];
  connect(edge: { from: EdgeSource; to: EdgeTarget }): void;
  disconnect(to: EdgeTarget): void;
  /** A literal, or null to leave the parameter to its default (of a command in its node: without a value). */
  setInput(node: string, key: string, value: Literal): void;
  setNode(node: string, change: NodeChange): void;
  /** Changes the name in every binding as well. Data nodes too (`inputs.<name>`). */
  renameNode(name: string, newName: string): void;
  moveNodes(positions: Readonly<Record<string, Point>>): void;
  /** Makes a parameter a pipeline input; `fallback` is its value while the node sets none. */
  promote(node: string, parameter: string, inputName: string, fallback?: Literal): void;
  demote(node: string, parameter: string): void;
  /** The value of a promoted input. */
  setPromoted(inputName: string, value: Literal): void;
  /** Keys of `settings`; null takes one away. */
  setSettings(change: Readonly<Record<string, Json>>): void;
  /** Keys at the top of the document: `display_name`, `description`, `experiment_name`, `compute`, … */
  setPipeline(change: Readonly<Record<string, Json>>): void;
  addComment(comment: NewComment): string;
  updateComment(id: string, change: Partial<Omit<CanvasComment, "id">>): void;
  removeComment(id: string): void;
  group(nodes: readonly string[], title: string, color?: string): string;
  updateGroup(id: string, change: Partial<Omit<NodeGroup, "id">>): void;
  ungroup(id: string): void;

  getText(): string;
  /**
   * Applies what differs from `base` (the text that was edited; the present text unless given), so that changes of
   * others in between stay. Throws `DocumentError` with a line when it is not readable.
   */
  setText(text: string, base?: string): void;

  undo(): void;
  redo(): void;
  canUndo(): boolean;
  canRedo(): boolean;

  /** Names the field that is being edited (its unsaved value as `mine`), or null when none is. */
  setEditing(field: { node: string; field: string; mine?: Json } | null): void;
  onClash(listener: (clash: Clash) => void): () => void;
  close(): void;
}
