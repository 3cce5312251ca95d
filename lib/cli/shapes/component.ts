import type { ComponentSummary, ComponentVersion } from "#lib/components/model.ts";
import { creation } from "./words.ts";

/** A version as `az ml component show` prints it: the file that it was made of, with what the studio knows. */
export function showComponent(component: ComponentVersion): Record<string, unknown> {
  const { definition, name, version } = component;
  const id =
    definition.kind === "module"
      ? `${definition.ref}/versions/${version}`
      : `azureml://components/${name}/versions/${version}`;
  const module = definition.kind === "module" ? moduleShape(definition) : {};
  const shape: Record<string, unknown> = {
    ...component.spec,
    ...module,
    creation_context: creation(component.createdAt, component.createdBy),
    description: component.description,
    display_name: definition.displayName,
    id,
    is_deterministic: definition.isDeterministic,
    name,
    tags: component.tags,
    type: definition.kind,
    version,
  };
  return Object.fromEntries(Object.entries(shape).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function moduleShape(definition: ComponentVersion["definition"]): Record<string, unknown> {
  const ports = definition.inputs.map(({ name, type, optional }) => [
    name,
    { type, ...(optional ? { optional } : {}) },
  ]);
  const parameters = definition.parameters.map(({ name, type, default: fallback, min, max, enum: words }) => [
    name,
    {
      type,
      ...(fallback === undefined ? {} : { default: fallback }),
      ...(min === undefined ? {} : { min }),
      ...(max === undefined ? {} : { max }),
      ...(words === undefined ? {} : { enum: words }),
    },
  ]);
  return {
    inputs: Object.fromEntries([...ports, ...parameters]),
    outputs: Object.fromEntries(definition.outputs.map(({ name, type }) => [name, { type }])),
  };
}

export function showComponentLine({ name, description, tags, latest, kind, definition }: ComponentSummary) {
  return {
    description,
    display_name: definition?.displayName ?? name,
    latest_version: latest?.version ?? null,
    name,
    tags,
    type: kind,
  };
}
