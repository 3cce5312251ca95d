import type {
  CommandComponentSpec,
  ComponentSpec,
  PipelineComponentSpec,
} from "#lib/spec/kinds/component.ts";
import { parseRef } from "#lib/spec/parse-ref.ts";
import { definitionOf } from "./definition.ts";
import { type ComponentDefinition, moduleRegistry } from "./model.ts";

/** What a step of a component executes. */
export type ComponentBody =
  | { kind: "module"; module: string; environment: string }
  | { kind: "command"; spec: CommandComponentSpec }
  | { kind: "pipeline"; spec: PipelineComponentSpec };

export interface FoundComponent {
  definition: ComponentDefinition;
  /** Null where only the interface is known, as in a browser. */
  body: ComponentBody | null;
  /** Of a component of the workspace. */
  assetVersionId: string | null;
}

/** Where a graph finds its components. */
export interface ComponentLookup {
  /** Null: there is none. Undefined: nobody here can tell. */
  find(ref: string): FoundComponent | null | undefined;
  /** Names that could have been meant. */
  names(): readonly string[];
}

/** For a file alone: components that it does not hold are taken on trust. */
export const trustingLookup: ComponentLookup = { find: () => undefined, names: () => [] };

/** A lookup in definitions, as the palette gives them: by what a node writes, and by the other spellings of it. */
export function lookupIn(definitions: readonly ComponentDefinition[]): ComponentLookup {
  const byKey = new Map<string, ComponentDefinition>();
  for (const definition of definitions) {
    byKey.set(keyOf(definition.ref), definition);
    if (definition.kind === "module") byKey.set(`atelier:${definition.name}`, definition);
    else byKey.set(`azureml:${definition.name}`, definition);
  }
  return {
    find(ref) {
      const definition = byKey.get(keyOf(ref)) ?? byKey.get(nameKeyOf(ref));
      return definition ? { definition, body: null, assetVersionId: null } : undefined;
    },
    names: () => definitions.map(({ name }) => name),
  };
}

/** The component that a node holds itself. */
export function inlineComponent(spec: ComponentSpec): FoundComponent {
  const body: ComponentBody =
    spec.type === "command" ? { kind: "command", spec } : { kind: "pipeline", spec };
  return { definition: definitionOf(spec, ""), body, assetVersionId: null };
}

export interface ModuleRef {
  name: string;
  /** Null: whichever there is. */
  version: string | null;
}

/** The module of the studio that a reference names, by the registry or by its short form; null for anything else. */
export function findModuleRef(ref: string): ModuleRef | null {
  const short = /^atelier:([a-z0-9_]+)(?:@latest|:([\w.-]+))?$/.exec(ref.trim());
  if (short?.[1]) return { name: short[1], version: short[2] ?? null };
  const parsed = tryParse(ref);
  if (parsed?.kind !== "asset" || parsed.registry?.toLowerCase() !== moduleRegistry) return null;
  return { name: parsed.name, version: parsed.version ?? null };
}

/** The name in a reference, for messages. */
export function nameOfRef(ref: string): string {
  const parsed = tryParse(ref);
  return findModuleRef(ref)?.name ?? (parsed?.kind === "asset" ? parsed.name : ref);
}

function tryParse(ref: string) {
  try {
    return parseRef(ref);
  } catch {
    // What is no reference names nothing.
    return null;
  }
}

function keyOf(ref: string): string {
  const module = findModuleRef(ref);
  if (module) return `atelier:${module.name}`;
  const parsed = tryParse(ref);
  if (parsed?.kind !== "asset" || parsed.registry !== undefined) return ref.trim();
  return parsed.version === undefined ? `azureml:${parsed.name}` : `azureml:${parsed.name}:${parsed.version}`;
}

function nameKeyOf(ref: string): string {
  const parsed = tryParse(ref);
  return parsed?.kind === "asset" && parsed.registry === undefined && parsed.version === undefined
    ? `azureml:${parsed.name}`
    : ref;
}
