import type { ComponentDefinition, ParameterDefinition, PortDefinition } from "#lib/components/model.ts";
import type { DocumentNode } from "#lib/designer/document/types.ts";

/** A parameter as a port, which it is while it takes the value that another step gives. */
export function parameterPort(parameter: ParameterDefinition): PortDefinition {
  const { name, displayName, type, description, optional } = parameter;
  return { name, displayName, type, description, optional: optional || parameter.default !== undefined };
}

/** What lines can end at: the ports of the component, and the parameters that are outputs of other steps. */
export function listInputs(definition: ComponentDefinition, node: DocumentNode): readonly PortDefinition[] {
  const taken = definition.parameters.filter(({ name }) => node.inputs[name]?.kind === "output");
  return taken.length === 0 ? definition.inputs : [...definition.inputs, ...taken.map(parameterPort)];
}
