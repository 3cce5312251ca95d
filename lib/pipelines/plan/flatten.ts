import type { FoundComponent } from "#lib/components/lookup.ts";
import { resolveTemplate } from "#lib/spec/expressions.ts";
import { isMapping } from "#lib/spec/paths.ts";
import type { Binding, GraphNode, Literal, NodeOutput, PipelineInput, PipelineSettings } from "../model.ts";
import type { ReadGraph } from "../read/read-graph.ts";

/** A step that executes something: its name is `outer.inner` inside pipeline components. */
export interface FlatNode extends GraphNode {
  found: FoundComponent;
  /** Whether the step says itself where it runs. */
  hasOwnCompute: boolean;
}

export interface FlatGraph {
  nodes: FlatNode[];
  /** Output of the pipeline → the step's output that it is. */
  outputs: Record<string, { node: string; port: string }>;
}

interface Source {
  node: string;
  port: string;
}

interface Level {
  read: ReadGraph;
  prefix: string;
  /** What an input of this pipeline is, seen from the outermost one; undefined: it has no value. */
  inputOf(name: string): Binding | undefined;
  compute: string | undefined;
  settings: PipelineSettings;
}

/**
 * The steps of a graph without faults, pipeline components replaced by what is in them. Inputs of literal type are put in
 * their places; those of data stay bindings to the pipeline's inputs.
 */
export function flattenGraph(read: ReadGraph): FlatGraph {
  const nodes: FlatNode[] = [];
  /** Outputs of pipeline components → those of the steps inside. */
  const aliases = new Map<string, Source>();
  const outputsOf = new Map<string, NodeOutput>();
  const level: Level = {
    read,
    prefix: "",
    inputOf: (name) => topInput(read.graph.inputs[name], name),
    compute: read.graph.settings.defaultCompute,
    settings: read.graph.settings,
  };
  flattenLevel(level, nodes, aliases, outputsOf);
  const resolve = (source: Source): Source => {
    let found = source;
    for (let next = aliases.get(keyOf(found)); next; next = aliases.get(keyOf(found))) found = next;
    return found;
  };
  for (const node of nodes) {
    for (const [key, binding] of Object.entries(node.inputs)) {
      if (binding.kind === "output") node.inputs[key] = { ...binding, ...resolve(binding) };
    }
  }
  const byName = new Map(nodes.map((node) => [node.name, node]));
  for (const [key, output] of outputsOf) {
    const source = resolve(sourceOf(key));
    const inner = byName.get(source.node);
    if (inner)
      inner.outputs = { ...inner.outputs, [source.port]: { ...inner.outputs[source.port], ...output } };
  }
  const outputs = Object.entries(read.graph.outputs).flatMap(([name, { source }]) =>
    source ? [[name, resolve(source)] as const] : [],
  );
  return { nodes, outputs: Object.fromEntries(outputs) };
}

function flattenLevel(
  level: Level,
  nodes: FlatNode[],
  aliases: Map<string, Source>,
  outputsOf: Map<string, NodeOutput>,
): void {
  const { read, prefix } = level;
  for (const node of read.graph.nodes) {
    if (node.disabled) continue;
    const name = `${prefix}${node.name}`;
    const found = read.components.get(node.name);
    if (!found) throw new Error(`step ${name} has no component; graphs with faults are not flattened`);
    const inputs = mapInputs(level, node);
    const compute = textOf(level, node.compute) ?? level.compute;
    const inner = read.nested.get(node.name);
    if (!inner) {
      nodes.push({
        ...fill(level, node),
        name,
        inputs,
        outputs: { ...node.outputs },
        found,
        hasOwnCompute: node.compute !== undefined,
        ...(compute === undefined ? {} : { compute }),
      });
      continue;
    }
    for (const [output, { source }] of Object.entries(inner.graph.outputs)) {
      if (source)
        aliases.set(keyOf({ node: name, port: output }), {
          node: `${name}.${source.node}`,
          port: source.port,
        });
    }
    for (const [output, said] of Object.entries(node.outputs)) {
      const { bound: _, ...rest } = said;
      if (Object.keys(rest).length > 0) outputsOf.set(keyOf({ node: name, port: output }), rest);
    }
    flattenLevel(
      {
        read: inner,
        prefix: `${name}.`,
        inputOf: (input) => inputs[input] ?? defaultInput(inner.graph.inputs[input]),
        compute:
          textOf({ ...level, inputOf: (input) => inputs[input] }, inner.graph.settings.defaultCompute) ??
          compute,
        settings: level.settings,
      },
      nodes,
      aliases,
      outputsOf,
    );
  }
}

function topInput(input: PipelineInput | undefined, name: string): Binding | undefined {
  if (input?.kind === "data") return input.path === undefined ? undefined : { kind: "pipeline_input", name };
  return defaultInput(input);
}

function defaultInput(input: PipelineInput | undefined): Binding | undefined {
  return input?.kind === "literal" && input.value !== undefined
    ? { kind: "literal", value: input.value }
    : undefined;
}

function mapInputs(level: Level, node: GraphNode): Record<string, Binding> {
  const inputs: Record<string, Binding> = {};
  for (const [key, binding] of Object.entries(node.inputs)) {
    const found = mapBinding(level, binding);
    if (found) inputs[key] = found;
  }
  return inputs;
}

function mapBinding(level: Level, binding: Binding): Binding | undefined {
  switch (binding.kind) {
    case "pipeline_input": {
      const found = level.inputOf(binding.name);
      return found && binding.mode !== undefined && found.kind !== "literal" && found.kind !== "template"
        ? { ...found, mode: binding.mode }
        : found;
    }
    case "output":
      return { ...binding, node: `${level.prefix}${binding.node}` };
    case "template":
      return { kind: "literal", value: fillText(level, binding.text) };
    default:
      return binding;
  }
}

/** The node with the inputs of the pipeline in its texts. */
function fill(level: Level, node: GraphNode): GraphNode {
  const { limitsTemplate, ...rest } = node;
  const filled = { ...rest };
  for (const key of ["environment", "environmentVariables", "resources", "distribution"] as const) {
    const value = filled[key];
    if (value !== undefined) Object.assign(filled, { [key]: fillValue(level, value) });
  }
  if (limitsTemplate) {
    const seconds = Number(fillText(level, String(limitsTemplate.timeout)));
    if (seconds > 0) filled.limits = { timeoutSeconds: seconds };
  }
  return filled;
}

function fillValue(level: Level, value: unknown): unknown {
  if (typeof value === "string") {
    if (!value.includes("${{")) return value;
    const text = fillText(level, value);
    // A whole number that was bound, such as a count of machines, is a number again.
    return /^\d+$/.test(text) ? Number(text) : text;
  }
  if (Array.isArray(value)) return value.map((item) => fillValue(level, item));
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillValue(level, item)]));
}

function textOf(level: Level, text: string | undefined): string | undefined {
  return text === undefined ? undefined : fillText(level, text).replace(/^azureml:/, "");
}

function fillText(level: Level, text: string): string {
  if (!text.includes("${{")) return text;
  return resolveTemplate(text, ({ root, name }) => {
    if (root !== "parent" || !name.startsWith("inputs.")) return undefined;
    const found = level.inputOf(name.slice("inputs.".length));
    return found?.kind === "literal" ? wordOf(found.value) : undefined;
  });
}

/** A literal as a command sees it. */
export function wordOf(value: Literal): string {
  if (value === null) return "";
  return typeof value === "boolean" ? (value ? "True" : "False") : String(value);
}

function keyOf({ node, port }: Source): string {
  return `${node}\n${port}`;
}

function sourceOf(key: string): Source {
  const [node = "", port = ""] = key.split("\n");
  return { node, port };
}
