import type { ComponentDefinition } from "#lib/components/model.ts";
import { componentSchema, componentTypeOf, oneNode } from "#lib/spec/kinds/component.ts";
import { componentInputs, componentOutputs } from "#lib/spec/kinds/component-ports.ts";
import { jobInput } from "#lib/spec/kinds/input.ts";
import { nodeInput, nodeOutput } from "#lib/spec/kinds/node-ports.ts";
import { jobOutput } from "#lib/spec/kinds/output.ts";
import type { NodeSpec } from "#lib/spec/kinds/pipeline-node.ts";
import { isMapping } from "#lib/spec/paths.ts";
import { FaultList } from "./faults.ts";
import { findComponents } from "./find-components.ts";
import { readNode } from "./read-node.ts";
import { readJobInput, readOutput } from "./read-ports.ts";
import type { Scope } from "./scope.ts";

/** A pipeline as it is being written: the values of its `inputs`, `outputs` and `jobs`. */
export interface WrittenPipeline {
  inputs: Readonly<Record<string, unknown>>;
  outputs: Readonly<Record<string, unknown>>;
  jobs: readonly { name: string; raw: Readonly<Record<string, unknown>> }[];
}

/** Finds the component that a reference means; null where it is not known here. */
type FindComponent = (ref: string) => ComponentDefinition | null;

type Reader = (pipeline: WrittenPipeline, find: FindComponent) => ReadonlyMap<string, ComponentDefinition>;

const none: ReadonlyMap<string, ComponentDefinition> = new Map();

/** Whether a step holds its component itself, or the command in its place. */
export function isWrittenOut({ component }: Readonly<Record<string, unknown>>): boolean {
  return component === undefined || component === null || isMapping(component);
}

/**
 * The interfaces of steps that are written out in their nodes, by name: the same that the whole document gives when it is
 * checked, and what can be read of it while something in it is wrong. Steps that name a component are not among them.
 * A step is read once as long as its value is the same object.
 */
export function createWrittenReader(): Reader {
  const specs = new WeakMap<object, NodeSpec | null>();
  const specOf = (raw: Readonly<Record<string, unknown>>): NodeSpec | null => {
    const known = specs.get(raw);
    if (known !== undefined) return known;
    const spec = readSpec(raw);
    specs.set(raw, spec);
    return spec;
  };
  return ({ inputs, outputs, jobs }, find) => {
    if (!jobs.some(({ raw }) => isWrittenOut(raw))) return none;
    const scope: Scope = {
      base: [],
      prefix: "",
      inputs: readEach(inputs, (value) => mapParsed(jobInput.safeParse(value), readJobInput)),
      outputs: readEach(outputs, (value) => mapParsed(jobOutput.safeParse(value), readOutput)),
      jobs: Object.fromEntries(
        jobs.flatMap(({ name, raw }) => {
          const spec = specOf(raw);
          return spec ? [[name, spec]] : [];
        }),
      ),
      components: new Map(),
      broken: new Set(),
      untold: new Map(),
    };
    const lookup = {
      find(ref: string) {
        const definition = find(ref);
        return definition ? { definition, body: null, assetVersionId: null } : undefined;
      },
      names: () => [],
    };
    // What is wrong is said by the check of the whole document.
    findComponents(scope, lookup, new FaultList(null));
    const found = new Map<string, ComponentDefinition>();
    for (const { name, raw } of jobs) {
      const spec = scope.jobs[name];
      const component = spec && isWrittenOut(raw) ? readNode(scope, name, spec).component : null;
      if (component) found.set(name, component);
    }
    return found;
  };
}

type Parsed<T> = { success: true; data: T } | { success: false };

function mapParsed<T, U>(parsed: Parsed<T>, change: (value: T) => U): U | undefined {
  return parsed.success ? change(parsed.data) : undefined;
}

/** The entries that can be read. */
function readEach<T>(items: unknown, read: (value: unknown) => T | undefined): Record<string, T> {
  if (!isMapping(items)) return {};
  return Object.fromEntries(
    Object.entries(items).flatMap(([key, value]) => {
      const item = read(value);
      return item === undefined ? [] : [[key, item]];
    }),
  );
}

function readSpec(raw: Readonly<Record<string, unknown>>): NodeSpec | null {
  const whole = oneNode.safeParse(raw);
  return whole.success ? whole.data : readParts(raw);
}

/** What decides the interface of a step in which something else is wrong. */
function readParts(raw: Readonly<Record<string, unknown>>): NodeSpec | null {
  const { component, command } = raw;
  const ports = {
    inputs: readEach(raw.inputs, (value) => mapParsed(nodeInput.safeParse(value), (input) => input)),
    outputs: readEach(raw.outputs, (value) => mapParsed(nodeOutput.safeParse(value), (output) => output)),
  };
  if (typeof component === "string") return { type: "command", component, ...ports };
  if (isMapping(component)) {
    const type = componentTypeOf(component);
    const own = componentSchema.safeParse({
      ...(type === "pipeline" ? { jobs: { one: { component: "azureml:one:1" } } } : {}),
      ...(type === "command" ? { command: textOf(component.command) || "true", environment: unsaid } : {}),
      type,
      ...namesOf(component),
      inputs: readable(component.inputs, componentInputs),
      outputs: readable(component.outputs, componentOutputs),
    });
    return own.success ? { type: own.data.type, component: own.data, ...ports } : null;
  }
  // Steps of other types have an interface that nothing here can read.
  if (raw.type !== undefined && raw.type !== null && raw.type !== "command") return null;
  return { type: "command", command: textOf(command), environment: unsaid, ...ports };
}

/** In the place of an environment that is not said yet; nothing is run from here. */
const unsaid = "azureml:unsaid:1";

function namesOf({ name, display_name: displayName }: Record<string, unknown>): Record<string, string> {
  return {
    ...(typeof name === "string" && /^\w[\w.-]*$/.test(name) ? { name } : {}),
    ...(typeof displayName === "string" ? { display_name: displayName } : {}),
  };
}

function readable(items: unknown, schema: typeof componentInputs | typeof componentOutputs) {
  return readEach(items, (value) => (schema.safeParse({ it: value }).success ? (value ?? {}) : undefined));
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
