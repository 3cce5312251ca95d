import type { StatusKind } from "#components/ui/status.ts";
import { describeRunStatus } from "#components/ui/status.ts";
import type { Binding as DocumentBinding } from "#lib/designer/document/types.ts";
import type { Binding, GraphNode, RunGraph, StepState } from "#lib/pipelines/model.ts";
import type { CanvasModel, StepView } from "../model/canvas-model.ts";
import { isSame } from "../model/is-same.ts";

/** How far a step is in the run that the canvas shows. */
export interface NodeState {
  kind: StatusKind;
  word: string;
  runName: string;
  startedAt: number | null;
  endedAt: number | null;
  fact: string | null;
  /** From 0 to 1. */
  progress: number | null;
  progressText: string | null;
  error: string | null;
  hint: string | null;
  /** Changed since that run. */
  edited: boolean;
}

function describeProgress({ progress }: StepState): string | null {
  if (!progress) return null;
  const { done, of, unit } = progress;
  return of === null
    ? `${done.toLocaleString("en-US")} ${unit}`
    : `${done.toLocaleString("en-US")} of ${of.toLocaleString("en-US")} ${unit}`;
}

function readStep(step: StepState, edited: boolean): NodeState {
  const described = describeRunStatus(step.status);
  const reused = step.reusedRunName !== null && step.status === "Completed";
  const { progress } = step;
  return {
    kind: reused ? "reused" : described.kind,
    word: reused ? "Reused" : described.word,
    runName: step.runName,
    startedAt: step.startedAt,
    endedAt: step.endedAt,
    fact: step.fact,
    progress: progress?.of ? Math.min(1, progress.done / progress.of) : null,
    progressText: describeProgress(step),
    error: step.error?.message ?? null,
    hint: step.error?.hint ?? null,
    edited,
  };
}

/** A binding without what the two ways of reading a document may say differently. */
function essence(binding: Binding | DocumentBinding | undefined): unknown {
  if (binding === undefined) return null;
  if (binding.kind === "data") return { data: binding.path };
  if (binding.kind === "template" || binding.kind === "other") return "text";
  // A declared type makes text of a number, and the other way round.
  if (binding.kind === "literal") return { value: String(binding.value) };
  const { mode: _, ...source } = { mode: undefined, ...binding };
  return source;
}

/** Whether a step that is written out in its node executes something else. One that was run again differs in reuse only. */
function isRewritten({ node, definition }: StepView, ran: GraphNode): boolean {
  if (!definition || !ran.component || ran.isDeterministic !== node.raw.is_deterministic) return false;
  return definition.digest !== ran.component.digest;
}

/** Whether the step says something else now than in the run. */
export function isEdited(view: StepView, ran: GraphNode): boolean {
  const { ref } = view.node;
  if ((ref ?? "") !== ran.ref || (ref === null && isRewritten(view, ran))) return true;
  const names = new Set([...Object.keys(view.node.inputs), ...Object.keys(ran.inputs)]);
  return [...names].some((name) => !isSame(essence(view.node.inputs[name]), essence(ran.inputs[name])));
}

const doing: readonly StatusKind[] = ["failed", "running", "finalizing", "preparing", "queued", "canceled"];

/** A pipeline inside the pipeline is one node: its steps are `outer.inner`, and the worst of them speaks for it. */
function joinSteps(name: string, steps: readonly NodeState[]): NodeState | null {
  const first = steps[0];
  if (!first) return null;
  const worst = doing.map((kind) => steps.find((step) => step.kind === kind)).find(Boolean) ?? first;
  const done = steps.filter(({ kind }) => kind === "completed" || kind === "reused").length;
  const allReused = steps.every(({ kind }) => kind === "reused");
  const ends = steps.map(({ endedAt }) => endedAt);
  const starts = steps.flatMap(({ startedAt }) => startedAt ?? []);
  return {
    ...worst,
    ...(allReused ? {} : worst.kind === "reused" ? { kind: "completed" as const, word: "Completed" } : {}),
    fact: `${done} of ${steps.length} steps of ${name}`,
    startedAt: starts.length > 0 ? Math.min(...starts) : null,
    endedAt: ends.includes(null) ? null : Math.max(...ends.flatMap((end) => end ?? [])),
    progress: done / steps.length,
    progressText: `${done} of ${steps.length} steps`,
  };
}

/** The states of the nodes on the canvas; those that were not part of the run have none. States that are equal stay the same objects. */
export function readStates(
  run: RunGraph | null,
  model: CanvasModel,
  before: ReadonlyMap<string, NodeState>,
): ReadonlyMap<string, NodeState> {
  if (!run) return before.size === 0 ? before : new Map();
  const ran = new Map(run.graph.nodes.map((node) => [node.name, node]));
  const parts = new Map<string, StepState[]>();
  for (const step of run.nodes) {
    const outer = step.name.split(".")[0] ?? step.name;
    parts.set(outer, [...(parts.get(outer) ?? []), step]);
  }
  const states = new Map<string, NodeState>();
  for (const view of model.nodes) {
    if (view.kind !== "step") continue;
    const node = ran.get(view.id);
    const steps = parts.get(view.id);
    if (!node || !steps) continue;
    const edited = isEdited(view, node);
    const read = steps.map((step) => readStep(step, edited));
    const state = steps.length === 1 && steps[0]?.name === view.id ? read[0] : joinSteps(view.title, read);
    const old = before.get(view.id);
    if (state) states.set(view.id, old && isSame(old, state) ? old : state);
  }
  return states;
}
