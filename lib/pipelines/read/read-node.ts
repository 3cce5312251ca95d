import { holdsExpression, type NodeSpec } from "#lib/spec/kinds/pipeline-node.ts";
import { isMapping } from "#lib/spec/paths.ts";
import { plain } from "#lib/spec/written.ts";
import type { Binding, GraphNode } from "../model.ts";
import { readBinding } from "./read-bindings.ts";
import type { Scope } from "./scope.ts";

/** A step of the document as a node of the graph. */
export function readNode(scope: Scope, name: string, spec: NodeSpec): GraphNode {
  const found = scope.components.get(name);
  const component = found?.definition ?? null;
  const inputs: [string, Binding][] = Object.entries(spec.inputs).flatMap(([key, input]) => {
    const isData = component?.inputs.some((port) => port.name === key) ?? false;
    const isText = component?.parameters.some((item) => item.name === key && item.type === "string") ?? false;
    const binding = readBinding(scope, input, isData, isText);
    return binding ? [[key, binding] as [string, Binding]] : [];
  });
  const { compute, environment, limits, retry_settings: retry, comment, isolation, disabled } = spec;
  const timeout = isMapping(limits) && typeof limits.timeout === "number" ? limits.timeout : undefined;
  return {
    name,
    displayName: spec.display_name ?? (component?.displayName || name),
    type: component?.kind === "pipeline" || spec.type === "pipeline" ? "pipeline" : "command",
    component:
      component && spec.component === undefined
        ? { ...component, name, displayName: spec.display_name ?? name }
        : component,
    ref: typeof spec.component === "string" ? spec.component : "",
    inputs: Object.fromEntries(inputs),
    outputs: spec.outputs,
    ...(compute === undefined ? {} : { compute }),
    ...(environment === undefined
      ? {}
      : { environment: plain(environment) as string | Record<string, unknown> }),
    ...block("environmentVariables", spec.environment_variables),
    ...block("resources", spec.resources),
    ...block("distribution", spec.distribution),
    ...(timeout === undefined ? {} : { limits: { timeoutSeconds: timeout } }),
    ...(limits !== undefined && holdsExpression(limits)
      ? { limitsTemplate: plain(limits) as Record<string, unknown> }
      : {}),
    ...(retry?.max_retries === undefined ? {} : { retries: retry.max_retries }),
    ...(comment === undefined ? {} : { comment }),
    ...(isolation === undefined ? {} : { isolation }),
    ...(spec.is_deterministic === undefined ? {} : { isDeterministic: spec.is_deterministic }),
    ...(disabled === undefined ? {} : { disabled }),
  };
}

function block<K extends string>(key: K, value: unknown): Partial<Record<K, Record<string, never>>> {
  return value === undefined ? {} : ({ [key]: plain(value) } as Partial<Record<K, Record<string, never>>>);
}
