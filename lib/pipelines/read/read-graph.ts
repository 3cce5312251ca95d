import type { ComponentLookup, FoundComponent } from "#lib/components/lookup.ts";
import { inlineComponent } from "#lib/components/lookup.ts";
import type { SpecDocument } from "#lib/spec/document.ts";
import type { PipelineComponentSpec } from "#lib/spec/kinds/component.ts";
import type { PipelineJobSpec } from "#lib/spec/kinds/pipeline-job.ts";
import type { PipelineSettingsSpec } from "#lib/spec/kinds/pipeline-settings.ts";
import { didYouMean } from "#lib/spec/near-names.ts";
import type { Fault, GraphNode, PipelineGraph, PipelineSettings } from "../model.ts";
import { checkEnds } from "./check-ends.ts";
import { checkInputs } from "./check-inputs.ts";
import { checkOutputs, checkPipelinePorts } from "./check-outputs.ts";
import { checkTexts, listUntold } from "./check-texts.ts";
import { FaultList } from "./faults.ts";
import { findComponents } from "./find-components.ts";
import { findCycles } from "./find-cycles.ts";
import { readNode } from "./read-node.ts";
import { overlay, readComponentInput, readJobInput, readOutput } from "./read-ports.ts";
import { nodePath, type Scope } from "./scope.ts";

/** Pipelines in pipelines in pipelines; more is a ring of components. */
const maxDepth = 20;

export interface ReadGraph {
  graph: PipelineGraph;
  faults: Fault[];
  /** What each step executes, by its name. */
  components: ReadonlyMap<string, FoundComponent | undefined>;
  /** The inside of steps that are pipeline components. */
  nested: ReadonlyMap<string, ReadGraph>;
}

export interface ReadOptions {
  /** What the spec was read from: faults then have lines. */
  document?: SpecDocument | null;
  /** Steps that are there, but could not be read. */
  broken?: ReadonlySet<string>;
  /** Whoever starts the pipeline gives its inputs their values; those without one are no fault. */
  open?: boolean;
}

/**
 * A pipeline job as a graph, and everything that is wrong with it. Pure: components come from `lookup`. A graph with
 * faults of severity error cannot be planned.
 */
export function readGraph(
  spec: PipelineJobSpec,
  lookup: ComponentLookup,
  options: ReadOptions = {},
): ReadGraph {
  const faults = new FaultList(options.document ?? null);
  const scope: Scope = {
    base: [],
    prefix: "",
    inputs: mapValues(spec.inputs, readJobInput),
    outputs: mapValues(spec.outputs, readOutput),
    jobs: spec.jobs ?? {},
    components: new Map(),
    broken: options.broken ?? new Set(),
    untold: new Map(),
  };
  if (spec.component !== undefined) putComponent(scope, spec, lookup, faults);
  if (!options.open) scope.untold = listUntold(scope.inputs, {}, new Map());
  const settings = readSettings(spec.settings, spec.compute);
  const read = readScope(scope, { lookup, faults, depth: 0, settings, isOpen: options.open ?? false });
  return { ...read, faults: faults.items };
}

/** A pipeline component that is the whole job: its steps, with the values that the job gives. */
function putComponent(scope: Scope, spec: PipelineJobSpec, lookup: ComponentLookup, faults: FaultList): void {
  const { component } = spec;
  if (component === undefined) return;
  const found = typeof component === "string" ? lookup.find(component) : inlineComponent(component);
  if (found === undefined) return;
  if (found?.body?.kind !== "pipeline") {
    const message = found
      ? `“${found.definition.name}” is no pipeline component.`
      : `There is no component ${String(component)}.`;
    faults.error(["component"], message);
    return;
  }
  const inner = found.body.spec;
  scope.base = typeof component === "string" ? [] : ["component"];
  scope.jobs = inner.jobs;
  for (const name of Object.keys(spec.inputs)) {
    if (!Object.hasOwn(inner.inputs, name))
      faults.error(
        ["inputs", name],
        `The component has no input “${name}”.${didYouMean(name, Object.keys(inner.inputs))}`,
      );
  }
  scope.inputs = Object.fromEntries(
    Object.entries(inner.inputs).map(([name, input]) => [
      name,
      overlay(readComponentInput(input), spec.inputs[name]),
    ]),
  );
  scope.outputs = Object.fromEntries(
    Object.entries(inner.outputs).map(([name, output]) => [
      name,
      readOutput({ ...output, ...spec.outputs[name] }),
    ]),
  );
}

interface Reading {
  lookup: ComponentLookup;
  faults: FaultList;
  depth: number;
  settings: PipelineSettings;
  isOpen: boolean;
}

function readScope(scope: Scope, reading: Reading): Omit<ReadGraph, "faults"> & { faults: Fault[] } {
  const { lookup, faults, depth, settings, isOpen } = reading;
  findComponents(scope, lookup, faults);
  const nodes = Object.entries(scope.jobs).map(([name, spec]) => readNode(scope, name, spec));
  for (const node of nodes) {
    checkInputs(scope, node, faults);
    checkOutputs(scope, node, faults);
    checkTexts(scope, node, faults);
  }
  reportCycles(scope, nodes, faults);
  checkPipelinePorts(scope, depth === 0 && !isOpen, faults);
  checkEnds(scope, nodes, settings, depth === 0, faults);
  const nested = new Map<string, ReadGraph>();
  for (const node of nodes) {
    const body = scope.components.get(node.name)?.body;
    if (body?.kind !== "pipeline") continue;
    if (depth >= maxDepth) {
      const message = `“${scope.prefix}${node.name}” is ${maxDepth} pipelines deep. Does a component hold itself?`;
      faults.error(nodePath(scope, node.name, "component"), message, { node: `${scope.prefix}${node.name}` });
      continue;
    }
    nested.set(node.name, readNested(scope, node, body.spec, { ...reading, depth: depth + 1 }));
  }
  const graph: PipelineGraph = { inputs: scope.inputs, outputs: scope.outputs, nodes, settings };
  return { graph, faults: [], components: scope.components, nested };
}

function readNested(outer: Scope, node: GraphNode, spec: PipelineComponentSpec, reading: Reading): ReadGraph {
  const { name } = node;
  const inputs = mapValues(spec.inputs, readComponentInput);
  const scope: Scope = {
    base: nodePath(outer, name, "component"),
    prefix: `${outer.prefix}${name}.`,
    inputs,
    outputs: mapValues(spec.outputs, readOutput),
    jobs: spec.jobs,
    components: new Map(),
    broken: new Set(),
    untold: listUntold(inputs, node.inputs, outer.untold),
  };
  return readScope(scope, { ...reading, settings: readSettings(spec.settings, undefined) });
}

function reportCycles(scope: Scope, nodes: readonly GraphNode[], faults: FaultList): void {
  for (const cycle of findCycles(nodes)) {
    const names = cycle.map((name) => `${scope.prefix}${name}`);
    const first = cycle[0] ?? "";
    const before = cycle.at(-1);
    const inputs = nodes.find(({ name }) => name === first)?.inputs ?? {};
    const port = Object.entries(inputs).find(
      ([, item]) => item.kind === "output" && item.node === before,
    )?.[0];
    const path = nodePath(scope, first, ...(port === undefined ? [] : ["inputs", port]));
    const message =
      names.length === 1
        ? `The step “${names[0]}” needs its own output.`
        : `The steps wait for each other in a cycle: ${[...names, names[0]].join(" → ")}.`;
    faults.error(path, message, { node: names[0] ?? "", ...(port === undefined ? {} : { port }) });
  }
}

function readSettings(
  settings: PipelineSettingsSpec | undefined,
  compute: string | undefined,
): PipelineSettings {
  const defaultCompute = settings?.default_compute ?? compute;
  const datastore = settings?.default_datastore;
  return {
    ...(defaultCompute === undefined ? {} : { defaultCompute }),
    ...(datastore === undefined ? {} : { defaultDatastore: datastore }),
    continueOnStepFailure: settings?.continue_on_step_failure ?? true,
    forceRerun: settings?.force_rerun ?? false,
    ...(settings?.on_init === undefined ? {} : { onInit: stepName(settings.on_init) }),
    ...(settings?.on_finalize === undefined ? {} : { onFinalize: stepName(settings.on_finalize) }),
  };
}

/** A step by its name, or as other fields name it. */
function stepName(text: string): string {
  return /^\$\{\{\s*parent\.jobs\.(\w+)\s*\}\}$/.exec(text)?.[1] ?? text;
}

function mapValues<T, U>(items: Record<string, T>, change: (item: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(items).map(([key, item]) => [key, change(item)]));
}
