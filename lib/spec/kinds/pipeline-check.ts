import { didYouMean } from "../near-names.ts";
import type { SpecPath } from "../paths.ts";
import type { Reporter } from "../report.ts";
import { checkTemplate } from "./command-check.ts";
import type { ComponentSpec } from "./component.ts";
import type { EnvironmentField } from "./environment.ts";
import { checkEnvironment } from "./environment.ts";
import type { CheckOptions } from "./kind-definition.ts";
import { checkMachines } from "./machines-check.ts";
import { holdsExpression, type NodeSpec, nodeKeys } from "./pipeline-node.ts";
import { type PipelineSettingsSpec, settingsKeys } from "./pipeline-settings.ts";

type CheckComponent = (spec: ComponentSpec, report: Reporter, options: CheckOptions) => void;

/** The rules inside each step; those between steps are the graph's. */
export function checkNodes(
  jobs: Record<string, NodeSpec>,
  report: Reporter,
  options: CheckOptions,
  checkComponent: CheckComponent,
): void {
  for (const [name, node] of Object.entries(jobs)) {
    const below = under(report, ["jobs", name]);
    for (const key of Object.keys(node)) {
      if (!nodeKeys.includes(key))
        below.warn([key], `is not a known key of a step, and is kept.${didYouMean(key, nodeKeys)}`);
    }
    if (node.environment !== undefined && !holdsExpression(node.environment))
      checkEnvironment(node.environment as EnvironmentField, ["environment"], below, options.curated);
    checkMachines(node, below);
    if (typeof node.component === "object")
      checkComponent(node.component, under(below, ["component"]), options);
    if (node.component === undefined && node.command !== undefined) {
      const inputs = Object.entries(node.inputs).map(([key, input]) => [
        key,
        input.type === "unset" ? { type: "unset", optional: input.optional } : { type: "given" },
      ]);
      checkTemplate(
        { command: node.command, inputs: Object.fromEntries(inputs), outputs: node.outputs },
        below,
      );
    }
  }
}

export function checkSettings(settings: PipelineSettingsSpec, report: Reporter): void {
  for (const key of Object.keys(settings)) {
    if (!settingsKeys.includes(key))
      report.warn(["settings", key], `is not a known setting, and is kept.${didYouMean(key, settingsKeys)}`);
  }
}

function under(report: Reporter, base: SpecPath): Reporter {
  return {
    error: (path, message, needle) => report.error([...base, ...path], message, needle),
    warn: (path, message, needle) => report.warn([...base, ...path], message, needle),
  };
}
