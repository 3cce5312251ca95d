import type { GraphNode, RunGraph, StepState } from "#lib/pipelines/model.ts";
import { describeBinding } from "./describe-binding.ts";
import { stepDurationMs } from "./step-words.ts";

export interface ChangedSetting {
  /** As forms call it. */
  name: string;
  before: string;
  after: string;
}

export interface ChangedMetric {
  name: string;
  /** Undefined: not logged. Null: not a number. */
  before: number | null | undefined;
  after: number | null | undefined;
}

/** One step of two runs of a pipeline. */
export interface StepComparison {
  name: string;
  displayName: string;
  before: StepState | null;
  after: StepState | null;
  /** Milliseconds; null where one of them has none. */
  durationChangeMs: number | null;
  settings: ChangedSetting[];
  metrics: ChangedMetric[];
  /** Anything at all but times. */
  differs: boolean;
}

export type StepMetrics = Readonly<Record<string, number | null>>;

interface Side {
  graph: RunGraph;
  /** By the name of the step's run. */
  metrics: ReadonlyMap<string, StepMetrics>;
}

/** What a step is set to where nothing is said. */
function settingOf(node: GraphNode | undefined, key: string): string {
  const binding = node?.inputs[key];
  if (binding) return describeBinding(binding);
  const fallback = node?.component?.parameters.find(({ name }) => name === key)?.default;
  return fallback === undefined || fallback === null ? "–" : String(fallback);
}

/** The values behind promoted parameters count too: they are set at the pipeline. */
function resolve(side: Side, node: GraphNode | undefined, key: string): string {
  const binding = node?.inputs[key];
  if (binding?.kind !== "pipeline_input") return settingOf(node, key);
  const input = side.graph.graph.inputs[binding.name];
  if (input?.kind === "literal") return String(input.value ?? "–");
  return input?.path ?? settingOf(node, key);
}

function changedSettings(left: Side, right: Side, a?: GraphNode, b?: GraphNode): ChangedSetting[] {
  if (!a || !b) return [];
  const keys = [...new Set([...Object.keys(a.inputs), ...Object.keys(b.inputs)])];
  const titles = new Map(
    [...(b.component?.inputs ?? []), ...(b.component?.parameters ?? [])].map((each) => [
      each.name,
      each.displayName,
    ]),
  );
  const component = a.component && b.component && a.component.digest !== b.component.digest;
  return [
    ...(component
      ? [
          {
            name: "Component",
            before: `version ${a.component?.version}`,
            after: `version ${b.component?.version}`,
          },
        ]
      : []),
    ...keys.flatMap((key) => {
      const [before, after] = [resolve(left, a, key), resolve(right, b, key)];
      return before === after ? [] : [{ name: titles.get(key) ?? key, before, after }];
    }),
  ];
}

function changedMetrics(before: StepMetrics = {}, after: StepMetrics = {}): ChangedMetric[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => {
    const [a, b] = [before[name], after[name]];
    return a === b ? [] : [{ name, before: a, after: b }];
  });
}

/** Two runs of one pipeline step by step, in the order of the second; what only the first has comes last. */
export function compareSteps(left: Side, right: Side): StepComparison[] {
  const before = new Map(left.graph.nodes.map((step) => [step.name, step]));
  const after = new Map(right.graph.nodes.map((step) => [step.name, step]));
  const nodesOf = (side: Side) => new Map(side.graph.graph.nodes.map((node) => [node.name, node]));
  const [beforeNodes, afterNodes] = [nodesOf(left), nodesOf(right)];
  return [...new Set([...after.keys(), ...before.keys()])].map((name) => {
    const [a, b] = [before.get(name) ?? null, after.get(name) ?? null];
    const settings = changedSettings(left, right, beforeNodes.get(name), afterNodes.get(name));
    const metrics = changedMetrics(
      a ? left.metrics.get(a.runName) : undefined,
      b ? right.metrics.get(b.runName) : undefined,
    );
    const [from, to] = [a && stepDurationMs(a), b && stepDurationMs(b)];
    return {
      name,
      displayName: b?.displayName ?? a?.displayName ?? name,
      before: a,
      after: b,
      durationChangeMs: from === null || to === null ? null : to - from,
      settings,
      metrics,
      differs: !a || !b || settings.length > 0 || metrics.length > 0 || a.status !== b.status,
    };
  });
}
