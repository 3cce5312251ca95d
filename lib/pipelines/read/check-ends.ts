import { didYouMean } from "#lib/spec/near-names.ts";
import type { GraphNode, PipelineSettings } from "../model.ts";
import type { FaultList } from "./faults.ts";
import { needsOf } from "./find-cycles.ts";
import type { Scope } from "./scope.ts";

/** The steps that stand apart from the graph: one before all others, one after them however they ended. */
export function checkEnds(
  scope: Scope,
  nodes: readonly GraphNode[],
  settings: PipelineSettings,
  isJob: boolean,
  faults: FaultList,
): void {
  const { onInit, onFinalize } = settings;
  for (const [key, name] of [
    ["on_init", onInit],
    ["on_finalize", onFinalize],
  ] as const) {
    if (name === undefined) continue;
    const path = [...(isJob ? [] : scope.base), "settings", key];
    const refuse = (message: string) => faults.error(path, message, { node: `${scope.prefix}${name}` });
    const node = nodes.find((item) => item.name === name);
    const bound = nodes.find((item) => needsOf(item).includes(name));
    if (!isJob)
      refuse("stands in a pipeline component. Only the whole pipeline has a first and a last step.");
    else if (scope.broken.has(name)) continue;
    else if (!node) {
      const known = nodes.map((item) => item.name);
      refuse(`There is no step “${name}” for ${key}.${didYouMean(name, known)}`);
    } else if (node.type === "pipeline")
      refuse(`“${name}” is a pipeline of its own, and ${key} takes a single step.`);
    else if (needsOf(node).length > 0 || bound)
      refuse(
        `“${name}” stands apart from the other steps as ${key}, and ${bound ? `“${bound.name}” needs its output` : `needs the output of “${needsOf(node)[0]}”`}.`,
      );
    else if (key === "on_finalize" && name === onInit)
      refuse(`“${name}” is on_init already. The first and the last step are two.`);
  }
}
