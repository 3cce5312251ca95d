import {
  type ComponentLookup,
  type FoundComponent,
  inlineComponent,
  nameOfRef,
} from "#lib/components/lookup.ts";
import type { PortType } from "#lib/components/model.ts";
import { findWholeExpression } from "#lib/spec/expressions.ts";
import type { CommandComponentSpec } from "#lib/spec/kinds/component.ts";
import type { ComponentInput } from "#lib/spec/kinds/component-ports.ts";
import type { EnvironmentField } from "#lib/spec/kinds/environment.ts";
import type { NodeInput } from "#lib/spec/kinds/node-ports.ts";
import { holdsExpression, type NodeSpec } from "#lib/spec/kinds/pipeline-node.ts";
import { didYouMean } from "#lib/spec/near-names.ts";
import type { FaultList } from "./faults.ts";
import { nodePath, outputType, type Scope, writtenOutputType } from "./scope.ts";

/** Finds the component of each step: the one it names, the one it holds, or one made of what stands in its place. */
export function findComponents(scope: Scope, lookup: ComponentLookup, faults: FaultList): void {
  for (const [name, node] of Object.entries(scope.jobs)) {
    if (node.component === undefined) continue;
    scope.components.set(name, findOne(scope, name, node, lookup, faults));
  }
  // The types of their inputs follow from what the others give.
  for (const [name, node] of Object.entries(scope.jobs)) {
    if (node.component === undefined) scope.components.set(name, inlineComponent(writtenOut(scope, node)));
  }
}

function findOne(
  scope: Scope,
  name: string,
  node: NodeSpec,
  lookup: ComponentLookup,
  faults: FaultList,
): FoundComponent | undefined {
  const { component } = node;
  if (component === undefined) return undefined;
  const found = typeof component === "string" ? lookup.find(component) : inlineComponent(component);
  const path = nodePath(scope, name, "component");
  const place = { node: `${scope.prefix}${name}` };
  if (found === null) {
    const wanted = nameOfRef(String(component));
    const message = lookup.names().includes(wanted)
      ? `The component “${wanted}” has no such version, which the step “${place.node}” names: ${component}.`
      : `There is no component “${wanted}” for the step “${place.node}”.${didYouMean(wanted, lookup.names())}`;
    faults.error(path, message, place);
    return undefined;
  }
  // A step that does not say its type is what its component is.
  if (found && found.definition.kind !== "pipeline" && node.type === "pipeline") {
    faults.error(
      path,
      `The step “${place.node}” is of type pipeline, and “${found.definition.name}” is no pipeline component.`,
      place,
    );
  }
  return found;
}

/** The component that a command written out in its node would be. */
function writtenOut(scope: Scope, node: NodeSpec): CommandComponentSpec {
  const { distribution, resources, environment_variables: variables } = node;
  const plainBlock = <T>(key: string, value: T | undefined) =>
    value === undefined || holdsExpression(value) ? {} : { [key]: value };
  return {
    type: "command",
    command: node.command ?? "",
    environment: (holdsExpression(node.environment) ? { image: "" } : node.environment) as EnvironmentField,
    ...(node.code === undefined ? {} : { code: node.code }),
    ...plainBlock("distribution", distribution),
    ...plainBlock("resources", resources),
    ...plainBlock("environment_variables", variables),
    ...(node.is_deterministic === undefined ? {} : { is_deterministic: node.is_deterministic }),
    inputs: Object.fromEntries(
      Object.entries(node.inputs).map(([key, input]) => [key, declaredInput(scope, input)]),
    ),
    outputs: Object.fromEntries(
      Object.entries(node.outputs).map(([key, output]) => [
        key,
        {
          type: writtenOutputType(scope, output),
          ...(output.mode === undefined ? {} : { mode: output.mode }),
        },
      ]),
    ),
  };
}

function declaredInput(scope: Scope, input: NodeInput, hops = 0): ComponentInput {
  switch (input.type) {
    case "literal": {
      const { value } = input;
      // What is given does not say that it must be whole: the next one may be 0.5.
      if (typeof value === "number") return { type: "number" };
      return { type: typeof value === "boolean" ? "boolean" : "string" };
    }
    case "template":
      return { type: "string" };
    case "data":
      return { type: input.expects ?? "uri_folder" };
    case "unset":
      return { type: input.expects as PortType, optional: input.optional };
    case "binding": {
      const name = findWholeExpression(input.expression)?.name ?? "";
      if (name.startsWith("inputs.")) {
        const source = scope.inputs[name.slice("inputs.".length)];
        const optional = source?.optional ? { optional: true } : {};
        if (source?.kind === "literal") return { type: source.type, ...optional };
        return { type: input.expects ?? source?.type ?? "uri_folder", ...optional };
      }
      const [, node = "", section, ...port] = name.split(".");
      const other = scope.jobs[node]?.inputs[port.join(".")];
      if (section === "inputs" && other && hops < 50) return declaredInput(scope, other, hops + 1);
      return { type: input.expects ?? outputType(scope, node, port.join(".")) ?? "uri_folder" };
    }
  }
}
