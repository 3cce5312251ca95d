import type { ComponentDefinition } from "#lib/components/model.ts";

/** Finds what a step's `component:` means among those that are known. */
export type Lookup = (ref: string) => ComponentDefinition | null;

const registry = /^azureml:\/\/registries\/([^/]+)\/components\/([^/]+)/;
const short = /^atelier:([^:@/]+)/;

/** The module's name in a reference to the studio's own registry, or null. */
export function moduleNameOf(ref: string): string | null {
  const [, where, name] = registry.exec(ref) ?? [];
  if (where === "atelier" && name !== undefined) return name;
  return short.exec(ref)?.[1] ?? null;
}

/** References of a workspace's own component: with a version, a label, or the newest. */
export function makeLookup(
  items: readonly ComponentDefinition[],
  resolved: ReadonlyMap<string, ComponentDefinition> = new Map(),
): Lookup {
  const modules = new Map<string, ComponentDefinition>();
  const byRef = new Map<string, ComponentDefinition>(resolved);
  for (const item of items) {
    if (item.kind === "module") modules.set(item.name, item);
    byRef.set(item.ref, item);
    if (item.kind !== "module") byRef.set(`azureml:${item.name}@latest`, item);
  }
  return (ref) => {
    const found = byRef.get(ref);
    if (found) return found;
    const name = moduleNameOf(ref);
    return name === null ? null : (modules.get(name) ?? null);
  };
}

/** A component of the workspace as a step names it; null for modules, and for what is written out in the step. */
export function ownComponentOf(ref: string | null): { name: string; version: string } | null {
  const [, name, version, label] = /^azureml:([^:@/\s]+)(?::([^:@/\s]+)|@(\w+))?$/.exec(ref ?? "") ?? [];
  if (name === undefined || (label !== undefined && label !== "latest")) return null;
  return { name, version: version ?? newestVersion };
}

/** Whatever is the newest when the pipeline is run. */
export const newestVersion = "@latest";

/** What a step writes to name a version of a component of the workspace. */
export function refOfVersion(name: string, version: string): string {
  return version === newestVersion ? `azureml:${name}@latest` : `azureml:${name}:${version}`;
}
