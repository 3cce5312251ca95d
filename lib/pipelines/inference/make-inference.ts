import { type ComponentDefinition, moduleRef, type ParameterDefinition } from "#lib/components/model.ts";
import { invalid } from "#lib/core/errors.ts";
import { isMapping } from "#lib/spec/paths.ts";
import type { Binding, GraphNode, PipelineGraph } from "../model.ts";
import { removeColumn } from "./remove-column.ts";
import { choosePath, takesThreshold } from "./scoring-path.ts";
import { bindingText, freeName, type Position } from "./spec-words.ts";
import type { InferenceOptions, InferencePipeline, SavedOutput } from "./types.ts";

/** From one node to the next below it, as the layout has it. */
const rowHeight = 104;

type NodeSpec = Record<string, unknown>;

/**
 * Turns a training pipeline into one that scores: the trained model and the fitted transforms become saved ones, what
 * only serves training goes, rows come in where the data did and go out after the score. Pure.
 */
export function makeInference(graph: PipelineGraph, options: InferenceOptions): InferencePipeline {
  return new InferenceMaker(graph, options).make();
}

class InferenceMaker {
  readonly #graph: PipelineGraph;
  readonly #options: InferenceOptions;
  readonly #nodes: Map<string, GraphNode>;
  readonly #jobs: Record<string, NodeSpec> = {};
  readonly #inputs: Record<string, unknown> = {};
  readonly #positions: Record<string, Position> = {};
  readonly #saved = new Map<string, SavedOutput>();
  readonly #done = new Map<string, string>();
  #label: string | null = null;
  #inputNode: string | null = null;

  constructor(graph: PipelineGraph, options: InferenceOptions) {
    this.#graph = graph;
    this.#options = options;
    this.#nodes = new Map(graph.nodes.map((node) => [node.name, node]));
  }

  make(): InferencePipeline {
    const { train, score } = choosePath(this.#graph, this.#options);
    const label = train.inputs.label_column;
    this.#label = label?.kind === "literal" && typeof label.value === "string" ? label.value : null;
    const batch = this.#options.mode === "batch";
    const scored = this.#follow({ kind: "output", node: score.name, port: this.#tableOutputOf(score) });
    if (this.#options.threshold !== undefined) this.#setThreshold(score, this.#options.threshold);
    if (batch)
      this.#put(score.name, { outputs: { [this.#tableOutputOf(score)]: "${{parent.outputs.scored}}" } });
    else this.#addOutput(score, scored);
    return {
      spec: {
        type: "pipeline",
        display_name: this.#options.displayName,
        ...(Object.keys(this.#inputs).length > 0 ? { inputs: this.#inputs } : {}),
        ...(batch ? { outputs: { scored: this.#scoredOutput() } } : {}),
        jobs: this.#jobs,
        designer: { positions: this.#positions },
      },
      saved: [...this.#saved.values()],
      label: this.#label,
      inputNode: this.#inputNode,
      scoreNode: score.name,
    };
  }

  #setThreshold(score: GraphNode, threshold: number): void {
    if (!takesThreshold(score)) throw invalid("threshold", `is nothing that ${score.displayName} knows`);
    const inputs = this.#jobs[score.name]?.inputs;
    this.#put(score.name, { inputs: { ...(isMapping(inputs) ? inputs : {}), threshold } });
  }

  #scoredOutput() {
    const { datasetName } = this.#options;
    return { type: "uri_folder", ...(datasetName === undefined ? {} : { name: datasetName }) };
  }

  /** The text that a binding has in the new pipeline; what stands behind it is brought along. */
  #follow(binding: Binding): string {
    if (binding.kind === "data" || binding.kind === "pipeline_input") return this.#followData(binding);
    if (binding.kind !== "output") return bindingText(binding);
    const key = `${binding.node}.${binding.port}`;
    const known = this.#done.get(key);
    if (known !== undefined) return known;
    const text = this.#followOutput(this.#node(binding.node), binding.port);
    this.#done.set(key, text);
    return text;
  }

  #followOutput(node: GraphNode, port: string): string {
    const definition = this.#definition(node);
    const rule = definition.inference;
    const output = definition.outputs.find(({ name }) => name === port);
    switch (rule?.role) {
      case "train":
        if (output?.type === "trained_model") return this.#save(node, port, "model");
        return this.#past(node, rule.data);
      case "transform":
        if (output?.type === "transform") return this.#save(node, port, "transform");
        return this.#apply(node, String(rule.output), String(rule.data));
      case "drop":
        return this.#past(node, rule.data);
      case "source":
        return this.#options.mode === "batch" ? this.#keep(node, port) : this.#source(node, port);
      default:
        if (output?.type === "transform") return this.#save(node, port, "transform");
        return this.#isAboutLabelOnly(node) ? this.#past(node, undefined) : this.#keep(node, port);
    }
  }

  /** Rows come in at the first table that is met on the way up; tables beside it are looked up and stay. */
  #followData(binding: Binding & { kind: "data" | "pipeline_input" }): string {
    const name = binding.kind === "pipeline_input" ? binding.name : null;
    const input = name === null ? null : this.#graph.inputs[name];
    const table = binding.kind === "data" || input?.kind === "data";
    const text = this.#keepInput(binding);
    if (!table || this.#options.mode === "batch" || this.#inputNode !== null) return text;
    return this.#addInput(text, name === null ? undefined : `inputs.${name}`);
  }

  #source(node: GraphNode, port: string): string {
    if (this.#inputNode !== null) return this.#keep(node, port);
    // The rows that it read stay as its sample, so that the columns are known and the draft can be tried.
    const fed = this.#definition(node).inputs.find(({ name }) => node.inputs[name] !== undefined);
    const binding = fed && node.inputs[fed.name];
    if (binding && (binding.kind === "data" || binding.kind === "pipeline_input"))
      return this.#followData(binding);
    this.#inputNode = this.#claim("web_service_input");
    const sample = this.#keep(node, port);
    return this.#addInput(sample, node.name);
  }

  /** Web Service Input takes the place of what holds the sample, which moves up by a row. */
  #addInput(sample: string, holder: string | undefined): string {
    this.#inputNode ??= this.#claim("web_service_input");
    this.#jobs[this.#inputNode] = {
      component: moduleRef("web_service_input"),
      inputs: { dataset: sample, ...(this.#label === null ? {} : { label_column: this.#label }) },
    };
    const position = holder === undefined ? undefined : this.#options.positions?.[holder];
    if (position && holder !== undefined) {
      this.#positions[this.#inputNode] = position;
      this.#positions[holder] = [position[0], position[1] - rowHeight];
    }
    return `\${{parent.jobs.${this.#inputNode}.outputs.dataset}}`;
  }

  #addOutput(score: GraphNode, scored: string): void {
    const name = this.#claim("web_service_output");
    this.#jobs[name] = { component: moduleRef("web_service_output"), inputs: { dataset: scored } };
    const position = this.#options.positions?.[score.name];
    if (position) this.#positions[name] = [position[0], position[1] + rowHeight];
  }

  #keepInput(binding: Binding & { kind: "data" | "pipeline_input" }): string {
    if (binding.kind === "data") {
      const name = this.#claim("dataset");
      this.#inputs[name] = { type: binding.type ?? "uri_folder", path: binding.path };
      return `\${{parent.inputs.${name}}}`;
    }
    const input = this.#graph.inputs[binding.name];
    if (input && this.#inputs[binding.name] === undefined) {
      const { kind: _, optional: __, ...words } = input;
      this.#inputs[binding.name] = input.kind === "literal" ? (input.value ?? words) : words;
      const position = this.#options.positions?.[`inputs.${binding.name}`];
      if (position) this.#positions[`inputs.${binding.name}`] = position;
    }
    return bindingText(binding);
  }

  #save(node: GraphNode, port: string, kind: SavedOutput["kind"]): string {
    const key = `${node.name}.${port}`;
    const found = this.#saved.get(key);
    if (found) return `\${{parent.inputs.${found.input}}}`;
    const input = this.#claim(kind === "model" ? "trained_model" : node.name);
    const saved: SavedOutput = { node: node.name, port, kind, displayName: node.displayName, input };
    this.#saved.set(key, saved);
    this.#inputs[input] = { type: "custom_model", path: this.#options.refOf(saved) };
    const position = this.#options.positions?.[node.name];
    if (position) this.#positions[`inputs.${input}`] = [position[0] - 272, position[1] - rowHeight];
    return `\${{parent.inputs.${input}}}`;
  }

  #apply(node: GraphNode, output: string, data: string): string {
    const dataset = node.inputs[data];
    if (!dataset) throw invalid(`jobs.${node.name}.inputs.${data}`, "is not connected");
    this.#put(node.name, {
      component: moduleRef("apply_transformation"),
      display_name: `Apply ${node.displayName}`,
      inputs: { transformation: this.#save(node, output, "transform"), dataset: this.#follow(dataset) },
    });
    return `\${{parent.jobs.${node.name}.outputs.transformed_dataset}}`;
  }

  /** Leaves a step out: what comes after it reads what it read. */
  #past(node: GraphNode, data: unknown): string {
    const tables = this.#definition(node).inputs.filter(({ type }) => type === "data_frame");
    const port = typeof data === "string" ? data : tables[0]?.name;
    const binding = port === undefined ? undefined : node.inputs[port];
    if (!binding) throw invalid(`jobs.${node.name}`, "feeds the score, but has no table to pass on");
    return this.#follow(binding);
  }

  #keep(node: GraphNode, port: string): string {
    if (this.#jobs[node.name] === undefined) {
      const parameters = new Map(this.#definition(node).parameters.map((item) => [item.name, item]));
      const inputs: Record<string, unknown> = {};
      for (const [name, binding] of Object.entries(node.inputs)) {
        inputs[name] = this.#keepValue(binding, parameters.get(name));
      }
      this.#put(node.name, {
        component: node.ref,
        ...(node.displayName === node.component?.displayName ? {} : { display_name: node.displayName }),
        inputs,
      });
    }
    return `\${{parent.jobs.${node.name}.outputs.${port}}}`;
  }

  #keepValue(binding: Binding, parameter: ParameterDefinition | undefined): unknown {
    if (binding.kind !== "literal") return this.#follow(binding);
    const { value } = binding;
    const named = parameter?.widget === "columns" && typeof value === "string";
    return named && this.#label !== null ? removeColumn(value, this.#label).value : value;
  }

  /** A step whose columns are the label and nothing else has nothing to do when the label is not there. */
  #isAboutLabelOnly(node: GraphNode): boolean {
    const label = this.#label;
    if (label === null) return false;
    return this.#definition(node).parameters.some(({ name, widget }) => {
      const binding = node.inputs[name];
      if (binding?.kind !== "literal" || typeof binding.value !== "string") return false;
      if (widget === "column") return binding.value === label;
      return widget === "columns" && removeColumn(binding.value, label).empty;
    });
  }

  #put(name: string, spec: NodeSpec): void {
    this.#jobs[name] = { ...this.#jobs[name], ...spec };
    const position = this.#options.positions?.[name];
    if (position) this.#positions[name] = position;
  }

  #claim(name: string): string {
    const taken = new Set([
      ...this.#nodes.keys(),
      ...Object.keys(this.#graph.inputs),
      ...Object.keys(this.#inputs),
      ...Object.keys(this.#jobs),
    ]);
    return freeName(name, taken);
  }

  #node(name: string): GraphNode {
    const node = this.#nodes.get(name);
    if (!node) throw invalid(`jobs.${name}`, "is not a step of this pipeline");
    return node;
  }

  #definition(node: GraphNode): ComponentDefinition {
    if (!node.component) throw invalid(`jobs.${node.name}.component`, "is not known here");
    return node.component;
  }

  #tableOutputOf(node: GraphNode): string {
    const output = this.#definition(node).outputs.find(({ type }) => type === "data_frame");
    if (!output) throw invalid(`jobs.${node.name}`, "has no table among its outputs");
    return output.name;
  }
}
