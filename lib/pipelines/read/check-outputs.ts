import { canConnect, isValueType } from "#lib/components/model.ts";
import { didYouMean } from "#lib/spec/near-names.ts";
import type { GraphNode } from "../model.ts";
import type { FaultList } from "./faults.ts";
import { nodePath, type Scope } from "./scope.ts";

/** Each output of a step that says something: there is such an output, and what it is bound to exists and fits. */
export function checkOutputs(scope: Scope, node: GraphNode, faults: FaultList): void {
  const full = `${scope.prefix}${node.name}`;
  for (const [name, output] of Object.entries(node.outputs)) {
    const path = nodePath(scope, node.name, "outputs", name);
    const place = { node: full, port: name };
    const known = node.component?.outputs;
    const port = known?.find((item) => item.name === name);
    if (known && !port) {
      const near = didYouMean(
        name,
        known.map((item) => item.name),
      );
      faults.error(path, `“${full}” has no output “${name}”.${near}`, place);
      continue;
    }
    if (output.type && port && !canConnect(port.type, output.type).ok)
      faults.error(
        path,
        `“${full}.${name}” is of type ${port.type}, and cannot become ${output.type}.`,
        place,
      );
    const type = output.type ?? port?.type;
    if (output.name !== undefined && type !== undefined && isValueType(type))
      faults.error(path, `“${full}.${name}” is a value, and only files are registered under a name.`, place);
    if (output.bound === undefined) continue;
    const target = scope.outputs[output.bound];
    if (!target) {
      const near = didYouMean(output.bound, Object.keys(scope.outputs));
      faults.error(
        path,
        `“${full}.${name}” is bound to the pipeline output “${output.bound}”, which is not declared.${near}`,
        place,
      );
      continue;
    }
    if (target.source) {
      const { node: other, port: otherPort } = target.source;
      faults.error(
        path,
        `The pipeline output “${output.bound}” is ${other}.${otherPort} already. One output comes from one step.`,
        place,
      );
      continue;
    }
    target.source = { node: node.name, port: name };
    const fits = port ? canConnect(port.type, target.type) : { ok: true as const };
    if (!fits.ok)
      faults.error(path, `${fits.reason}: ${full}.${name} → the pipeline output “${output.bound}”.`, place);
  }
}

/** What of the pipeline itself is missing: values for its inputs, steps for its outputs. */
export function checkPipelinePorts(scope: Scope, isStarted: boolean, faults: FaultList): void {
  if (isStarted) {
    for (const [name, input] of Object.entries(scope.inputs)) {
      const given = input.kind === "data" ? input.path !== undefined : input.value !== undefined;
      if (!given && !input.optional)
        faults.error(
          [...scope.base, "inputs", name],
          `Required input “${name}” of the pipeline not provided: give it a value or a path.`,
        );
    }
  }
  for (const [name, output] of Object.entries(scope.outputs)) {
    if (output.source === null && scope.broken.size === 0)
      faults.warn(
        [...scope.base, "outputs", name],
        `No step is bound to the pipeline output “${name}”, so it will be empty.`,
      );
  }
}
