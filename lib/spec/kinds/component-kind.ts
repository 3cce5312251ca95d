import { isMapping } from "../paths.ts";
import type { Reporter } from "../report.ts";
import { Written } from "../written.ts";
import { checkTemplate } from "./command-check.ts";
import { blockInputs, type ComponentSpec, componentKeys, componentSchema } from "./component.ts";
import { isParameter } from "./component-ports.ts";
import { checkEnvironment } from "./environment.ts";
import type { LiteralInput } from "./input.ts";
import type { CheckOptions, KindDefinition } from "./kind-definition.ts";
import { checkMachines } from "./machines-check.ts";
import { nodeInputMapping, nodeOutputMapping } from "./node-ports.ts";
import { checkNodes, checkSettings } from "./pipeline-check.ts";
import { componentLocals } from "./pipeline-locals.ts";
import type { NodeSpec } from "./pipeline-node.ts";

/** Port names that a shell has its own meaning for. */
const reserved = /^(path|ld_library_path|user|logname|home|pwd|shell)$/i;

/** The rules across the fields of a component, whose paths start at the component. */
export function checkComponent(spec: ComponentSpec, report: Reporter, options: CheckOptions): void {
  for (const section of ["inputs", "outputs"] as const)
    for (const key of Object.keys(spec[section]))
      if (reserved.test(key))
        report.error([section, key], "is a name that the shell keeps for itself. Choose another.");
  for (const [key, port] of Object.entries(spec.inputs)) {
    if (!isParameter(port) || port.default === undefined || !port.enum) continue;
    const given = port.default instanceof Written ? port.default.text : String(port.default);
    if (!port.enum.includes(given))
      report.error(["inputs", key, "default"], `must be one of ${port.enum.join(", ")}.`);
  }
  if (spec.type === "pipeline") {
    checkNodes(spec.jobs, report, options, checkComponent);
    if (spec.settings) checkSettings(spec.settings, report);
    return;
  }
  checkEnvironment(spec.environment, ["environment"], report, options.curated);
  checkMachines(spec, report);
  const optional = blockInputs(spec.command);
  const inputs = Object.entries(spec.inputs).map(([key, port]) => {
    const fallback = isParameter(port) && port.default !== undefined;
    // A required input may stand in a block too: it is always there.
    return [
      key,
      {
        type: port.optional && !fallback ? "unset" : "given",
        optional: optional.has(key) || port.optional === true,
      },
    ];
  });
  checkTemplate({ command: spec.command, inputs: Object.fromEntries(inputs), outputs: spec.outputs }, report);
}

function literalMapping(input: LiteralInput): unknown {
  return typeof input.value === "number" ? new Written(input.value, input.text) : input.value;
}

export function nodeMapping(node: NodeSpec): Record<string, unknown> {
  const { component, inputs, outputs, compute, ...rest } = node;
  return {
    ...(component === undefined
      ? {}
      : { component: typeof component === "string" ? component : componentMapping(component) }),
    ...rest,
    ...(compute === undefined ? {} : { compute: compute.includes("${{") ? compute : `azureml:${compute}` }),
    ...(Object.keys(inputs).length === 0
      ? {}
      : { inputs: map(inputs, (input) => nodeInputMapping(input, literalMapping)) }),
    ...(Object.keys(outputs).length === 0 ? {} : { outputs: map(outputs, nodeOutputMapping) }),
  };
}

export function componentMapping(spec: ComponentSpec): Record<string, unknown> {
  const { inputs, outputs, ...rest } = spec;
  return {
    ...rest,
    ...(rest.type === "pipeline" ? { jobs: map(rest.jobs, nodeMapping) } : {}),
    ...(rest.type === "pipeline" && rest.settings ? { settings: settingsMapping(rest.settings) } : {}),
    ...(Object.keys(inputs).length === 0 ? {} : { inputs }),
    ...(Object.keys(outputs).length === 0 ? {} : { outputs }),
  };
}

export function settingsMapping<T extends { default_compute?: string }>(
  settings: T,
): Record<string, unknown> {
  const { default_compute: compute } = settings;
  return { ...settings, ...(compute === undefined ? {} : { default_compute: `azureml:${compute}` }) };
}

export function map<T>(items: Record<string, T>, change: (item: T) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(items).map(([key, item]) => [key, change(item)]));
}

export const componentKind: KindDefinition<ComponentSpec> = {
  schema: componentSchema,
  keys: ["$schema", ...componentKeys],
  check(spec, report, options) {
    if (spec.name === undefined) report.error(["name"], "is required.");
    checkComponent(spec, report, options);
  },
  toMapping: componentMapping,
  localFields: (raw) => (isMapping(raw) ? componentLocals(raw, []) : []),
};
