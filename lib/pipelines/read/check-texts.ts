import { isMapping } from "#lib/spec/paths.ts";
import type { GraphNode, PipelineInput } from "../model.ts";
import type { FaultList } from "./faults.ts";
import { templateInputs } from "./read-bindings.ts";
import { nodePath, type Scope, type Untold } from "./scope.ts";

/** Fields of a step that `${{parent.inputs.x}}` may be pasted into; it then has to be known when the pipeline is sent. */
const fields = [
  "compute",
  "environment",
  "environment_variables",
  "resources",
  "distribution",
  "limits",
] as const;

/** Each text that a value is pasted into: there is such an input of the pipeline, and its value is known. */
export function checkTexts(scope: Scope, node: GraphNode, faults: FaultList): void {
  const full = `${scope.prefix}${node.name}`;
  const spec = scope.jobs[node.name];
  const check = (names: readonly string[], field: string, ...more: string[]) => {
    const path = nodePath(scope, node.name, field, ...more);
    for (const name of names) {
      const text = `\${{parent.inputs.${name}}}`;
      const why = Object.hasOwn(scope.inputs, name) ? scope.untold.get(name) : "unknown";
      if (why === undefined) continue;
      const place = { node: full, ...(field === "inputs" ? { parameter: more[0] ?? "" } : {}) };
      if (why === "unknown" && field !== "inputs")
        faults.error(path, `“${full}” names ${text}, and the pipeline has no such input.`, place);
      else if (why === "absent") faults.error(path, `“${full}” pastes ${text}, which has no value.`, place);
      else if (why === "late")
        faults.error(
          path,
          `“${full}” pastes ${text}, and a step has to run before its value is known. An input of a step takes it as a whole.`,
          place,
        );
    }
  };
  for (const field of fields) check(namesIn(spec?.[field]), field);
  for (const [name, binding] of Object.entries(node.inputs))
    if (binding.kind === "template") check(binding.inputs, "inputs", name);
}

function namesIn(value: unknown): string[] {
  if (typeof value === "string") return value.includes("${{") ? templateInputs(value) : [];
  if (Array.isArray(value)) return value.flatMap(namesIn);
  return isMapping(value) ? Object.values(value).flatMap(namesIn) : [];
}

/** The inputs of a pipeline component whose values the step that holds it cannot tell yet. */
export function listUntold(
  inputs: Readonly<Record<string, PipelineInput>>,
  given: GraphNode["inputs"],
  outer: ReadonlyMap<string, Untold>,
): Map<string, Untold> {
  const untold = new Map<string, Untold>();
  for (const [name, input] of Object.entries(inputs)) {
    if (input.kind !== "literal") continue;
    const binding = given[name];
    const why =
      binding?.kind === "output"
        ? "late"
        : binding?.kind === "pipeline_input"
          ? outer.get(binding.name)
          : binding === undefined && input.optional
            ? "absent"
            : undefined;
    if (why !== undefined && !(why === "absent" && input.value !== undefined)) untold.set(name, why);
  }
  return untold;
}
