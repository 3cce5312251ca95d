import { and, eq, isNull } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { assets } from "#db/schema/index.ts";
import type { AssetVersion } from "#lib/assets/commands.ts";
import { findAsset, findAssetVersion } from "#lib/assets/queries.ts";
import { isAppError } from "#lib/core/errors.ts";
import type { ComponentSpec } from "#lib/spec/kinds/component.ts";
import type { NodeSpec } from "#lib/spec/kinds/pipeline-node.ts";
import { loadSpecValue } from "#lib/spec/load-text.ts";
import { parseRef } from "#lib/spec/parse-ref.ts";
import type { Ref } from "#lib/spec/ref.ts";
import { definitionOf } from "./definition.ts";
import { type ComponentLookup, type FoundComponent, findModuleRef } from "./lookup.ts";
import type { ComponentDefinition } from "./model.ts";
import { loadModules } from "./modules/load-modules.ts";
import { refsOf } from "./resolve-refs.ts";

/** Names to choose near ones from; more would not make better suggestions. */
const maxNames = 2000;

/** What a version of a component keeps in `details`. */
export interface ComponentDetails {
  /** The component in the words of the file. */
  spec: Record<string, unknown>;
  specText: string | null;
}

/** The component of a kept version. */
export function readComponent(
  name: string,
  version: Pick<AssetVersion, "id" | "version" | "description" | "details">,
): FoundComponent & { spec: ComponentSpec } {
  const { spec: mapping } = version.details as unknown as ComponentDetails;
  const { spec } = loadSpecValue({ ...mapping, name, version: version.version }, { kind: "component" });
  const definition: ComponentDefinition = {
    ...definitionOf(spec, `azureml:${name}:${version.version}`),
    description: version.description,
  };
  const body =
    spec.type === "command" ? ({ kind: "command", spec } as const) : ({ kind: "pipeline", spec } as const);
  return { definition, body, assetVersionId: version.id, spec };
}

/** What a node means by `component:`: a module of the studio or a version of a component of the workspace. */
export async function findComponent(
  db: Queryable,
  workspaceId: string,
  ref: string,
): Promise<FoundComponent | null> {
  const wanted = findModuleRef(ref);
  if (wanted) return findModule(wanted.name, wanted.version);
  const parsed = tryParse(ref);
  if (parsed?.kind !== "asset" || parsed.registry !== undefined) return null;
  const asset = await findAsset(db, workspaceId, "component", parsed.name);
  const version = asset && (await findAssetVersion(db, asset, parsed));
  return version ? readComponent(asset.name, version) : null;
}

export async function findModule(name: string, version: string | null): Promise<FoundComponent | null> {
  const module = (await loadModules()).get(name);
  if (!module || (version !== null && version !== module.definition.version)) return null;
  const { definition, environment } = module;
  return { definition, body: { kind: "module", module: name, environment }, assetVersionId: null };
}

/** Everything that a pipeline names, and what is named inside of that, found in one go. */
export async function loadLookup(
  db: Queryable,
  workspaceId: string,
  pipeline: { jobs?: Record<string, NodeSpec>; component?: string | ComponentSpec },
): Promise<ComponentLookup> {
  const found = new Map<string, FoundComponent | null>();
  let waiting = [...refsOf(pipeline)];
  while (waiting.length > 0) {
    const next: string[] = [];
    for (const ref of waiting) {
      if (found.has(ref)) continue;
      const component = await findComponent(db, workspaceId, ref);
      found.set(ref, component);
      if (component?.body?.kind === "pipeline") next.push(...refsOf(component.body.spec));
    }
    waiting = next;
  }
  const missing = [...found.values()].includes(null);
  const names = missing ? await componentNames(db, workspaceId) : [];
  return { find: (ref) => found.get(ref) ?? null, names: () => names };
}

async function componentNames(db: Queryable, workspaceId: string): Promise<string[]> {
  const own = await db
    .select({ name: assets.name })
    .from(assets)
    .where(and(eq(assets.workspaceId, workspaceId), eq(assets.kind, "component"), isNull(assets.archivedAt)))
    .limit(maxNames);
  return [...(await loadModules()).keys(), ...own.map(({ name }) => name)];
}

function tryParse(ref: string): Ref | null {
  try {
    return parseRef(ref);
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}
