import type { AssetSource, RunEnvironment } from "#db/schema/index.ts";
import type { ComponentDefinition, Literal } from "#lib/components/model.ts";
import type { LiteralType } from "#lib/spec/kinds/data-types.ts";
import type { Binding, DocumentNode, GraphDocument } from "../document/types.ts";
import type { PreviewError } from "../model.ts";
import type { PreviewCommand } from "./preview-command.ts";
import { previewKeyOf, sampleRows } from "./step-key.ts";

export type StepSource =
  | { kind: "asset"; source: AssetSource; large: boolean }
  /** `free`: of a command, which may give any number of rows. */
  | { kind: "step"; key: string; port: string; free?: true };

export interface PreviewStep {
  node: string;
  displayName: string;
  /** Of component, parameters, data and all before it. */
  key: string;
  /** What a warm worker executes; null for a command, which has a container of its own. */
  module: string | null;
  command: PreviewCommand | null;
  parameters: Record<string, Literal>;
  inputs: Record<string, StepSource>;
  /** Inputs that are one value each, which a step before it wrote: a parameter of this type. */
  values?: Record<string, LiteralType>;
  outputs: string[];
  heavy: boolean;
  sampled: boolean;
}

export interface PreviewPlan {
  node: string;
  port: string;
  portType: string;
  /** The output of the last step that it is, where that is a step inside of a component. */
  innerPort?: string;
  /** Steps whose outputs were taken from a run. */
  taken: string[];
  /** In an order in which each comes after those it needs; the last is the asked one. */
  steps: PreviewStep[];
}

export interface PlanContext {
  graph: GraphDocument;
  /** The module that a reference names; null for anything else. */
  findModule(ref: string): ComponentDefinition | null;
  /** Where data is, by its path, and its rows where they are known; a sentence when it is not there. */
  findData(path: string): { source: AssetSource; content: string; rows: number | null } | { problem: string };
  environment: RunEnvironment;
  /** What a run gave at a port, where a step is not computed on a sample; null when there is no such output. */
  findOutput(node: string, port: string): { source: AssetSource; content: string } | null;
}

export class PreviewFault extends Error {
  readonly fault: PreviewError;

  constructor(fault: Partial<PreviewError> & Pick<PreviewError, "code" | "message" | "node">) {
    super(fault.message);
    this.fault = { hint: null, parameter: null, column: null, row: null, ...fault };
  }
}

/**
 * The steps that an output port follows from, each with its key. Pure: data was looked up before. Throws `PreviewFault`
 * that names the node at which it cannot be computed.
 */
export function planPreview(context: PlanContext, nodeName: string, port: string | undefined): PreviewPlan {
  const planner = new Planner(context);
  const step = planner.plan(nodeName);
  const definition = planner.definitionOf(nodeName);
  const output =
    port === undefined ? definition.outputs[0] : definition.outputs.find(({ name }) => name === port);
  if (!output)
    throw new PreviewFault({ code: "NO_PORT", message: "This step has no such output.", node: nodeName });
  const taken = [...planner.taken];
  return {
    node: nodeName,
    port: output.name,
    portType: output.type,
    taken,
    steps: orderSteps(planner.steps, step),
  };
}

class Planner {
  readonly #context: PlanContext;
  readonly #nodes: Map<string, DocumentNode>;
  readonly #steps = new Map<string, PreviewStep>();
  readonly #open = new Set<string>();
  readonly taken = new Set<string>();

  constructor(context: PlanContext) {
    this.#context = context;
    this.#nodes = new Map(context.graph.nodes.map((node) => [node.name, node]));
  }

  get steps(): Iterable<PreviewStep> {
    return this.#steps.values();
  }

  definitionOf(name: string): ComponentDefinition {
    const node = this.#node(name);
    const found = this.#moduleOf(node);
    if (found) return found;
    throw new PreviewFault({
      code: "NOT_A_MODULE",
      message: `“${node.displayName}” runs in a container of its own, so it is not computed while you edit.`,
      hint: "Run the pipeline up to it: what it gives is shown then, and what follows is computed from that.",
      node: name,
    });
  }

  #moduleOf({ ref }: DocumentNode): ComponentDefinition | null {
    return ref === null ? null : this.#context.findModule(ref);
  }

  plan(name: string): PreviewStep {
    const known = this.#steps.get(name);
    if (known) return known;
    const node = this.#node(name);
    if (this.#open.has(name))
      throw new PreviewFault({ code: "CIRCLE", message: "This step waits for itself.", node: name });
    if (node.raw.disabled === true)
      throw new PreviewFault({ code: "DISABLED", message: "This step is switched off.", node: name });
    this.#open.add(name);
    const definition = this.definitionOf(name);
    const inputs: Record<string, StepSource> = {};
    const contents: Record<string, string> = {};
    for (const { name: port, displayName, optional } of definition.inputs) {
      const binding = node.inputs[port];
      if (binding === undefined) {
        if (optional) continue;
        const message = `Connect “${displayName}” first.`;
        throw new PreviewFault({ code: "NOT_CONNECTED", message, parameter: port, node: name });
      }
      const [source, content] = this.#source(node, port, binding);
      inputs[port] = source;
      contents[port] = content;
    }
    const parameters = this.#parameters(node, definition);
    const outputs = definition.outputs.map((output) => output.name);
    const sources = Object.values(inputs);
    // What comes from a step is small already.
    const sampled = sources.length === 0 || sources.some((source) => source.kind === "asset" && source.large);
    const { digest } = definition;
    const { environment } = this.#context;
    const step: PreviewStep = {
      node: name,
      displayName: node.displayName,
      key: previewKeyOf({ digest, parameters, contents, environment, sampled }),
      module: definition.name,
      command: null,
      parameters,
      inputs,
      outputs,
      heavy: definition.cost === "heavy",
      sampled,
    };
    this.#open.delete(name);
    this.#steps.set(name, step);
    return step;
  }

  #node(name: string): DocumentNode {
    const node = this.#nodes.get(name);
    if (node) return node;
    throw new PreviewFault({ code: "NO_NODE", message: "This step is not there any more.", node: name });
  }

  #source(node: DocumentNode, port: string, binding: Binding): [StepSource, string] {
    const fail = (message: string): never => {
      throw new PreviewFault({ code: "NO_DATA", message, parameter: port, node: node.name });
    };
    if (binding.kind === "output") {
      const ran = this.#moduleOf(this.#node(binding.node))
        ? null
        : this.#context.findOutput(binding.node, binding.port);
      if (ran) {
        this.taken.add(binding.node);
        return [{ kind: "asset", source: ran.source, large: true }, ran.content];
      }
      const before = this.plan(binding.node);
      if (!before.outputs.includes(binding.port))
        return fail(`“${before.displayName}” has no output “${binding.port}”.`);
      const { key } = before;
      return [{ kind: "step", key, port: binding.port }, `${key}/${binding.port}`];
    }
    let path: string | undefined;
    if (binding.kind === "data") path = binding.path;
    if (binding.kind === "pipeline_input")
      path = this.#context.graph.dataNodes.find(({ name }) => name === binding.name)?.path;
    if (binding.kind === "literal" && typeof binding.value === "string") path = binding.value;
    if (!path) return fail("There is no data at this port.");
    const found = this.#context.findData(path);
    if ("problem" in found) return fail(found.problem);
    const large = found.rows === null || found.rows > sampleRows;
    return [{ kind: "asset", source: found.source, large }, found.content];
  }

  #parameters(node: DocumentNode, definition: ComponentDefinition): Record<string, Literal> {
    const parameters: Record<string, Literal> = {};
    for (const { name, default: fallback } of definition.parameters) {
      const value = this.#value(node, name) ?? fallback ?? null;
      if (value !== null) parameters[name] = value;
    }
    return parameters;
  }

  #value(node: DocumentNode, parameter: string): Literal | undefined {
    const binding = node.inputs[parameter];
    if (binding === undefined) return undefined;
    if (binding.kind === "literal") return binding.value;
    const { promoted } = this.#context.graph;
    const promotedValue = (name: string) => promoted.find((input) => input.name === name)?.value ?? undefined;
    if (binding.kind === "pipeline_input") return promotedValue(binding.name);
    if (binding.kind === "other" && typeof binding.value === "string")
      return binding.value.replaceAll(/\$\{\{\s*parent\.inputs\.(\w+)\s*\}\}/g, (_, name: string) =>
        String(promotedValue(name) ?? ""),
      );
    throw new PreviewFault({
      code: "NO_VALUE",
      message: "A parameter takes a value, not the output of a step.",
      parameter,
      node: node.name,
    });
  }
}

/** A step after all those that it needs. */
export function orderSteps(steps: Iterable<PreviewStep>, last: PreviewStep): PreviewStep[] {
  const byKey = new Map([...steps].map((step) => [step.key, step]));
  const done = new Set<string>();
  const ordered: PreviewStep[] = [];
  const visit = (step: PreviewStep) => {
    if (done.has(step.key)) return;
    done.add(step.key);
    for (const source of Object.values(step.inputs)) {
      const before = source.kind === "step" ? byKey.get(source.key) : undefined;
      if (before) visit(before);
    }
    ordered.push(step);
  };
  visit(last);
  return ordered;
}

/** Paths of data that the steps before a node (and itself) read. */
export function findDataPaths(graph: GraphDocument): string[] {
  const paths = new Set(graph.dataNodes.map(({ path }) => path));
  for (const node of graph.nodes) {
    for (const binding of Object.values(node.inputs)) {
      if (binding.kind === "data") paths.add(binding.path);
      if (binding.kind === "literal" && typeof binding.value === "string" && /^azureml:/.test(binding.value))
        paths.add(binding.value);
    }
  }
  return [...paths].filter((path) => path !== "");
}
