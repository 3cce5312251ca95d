import { type ScalarTag, stringify } from "yaml";
import type { KindDefinition } from "./kinds/kind-definition.ts";
import { type SpecByKind, type SpecKind, specKinds } from "./kinds/registry.ts";
import { isMapping } from "./paths.ts";
import { plain, Written } from "./written.ts";

export interface DumpOptions {
  /** Written first, as `$schema`. */
  schemaUrl?: string;
}

/** The spec as YAML, keys in the usual order. Loading the text again gives the same spec. */
export function dumpSpec<Kind extends SpecKind>(
  kind: Kind,
  spec: SpecByKind[Kind],
  options: DumpOptions = {},
): string {
  const mapping = orderedMapping(kind, spec);
  const all = options.schemaUrl === undefined ? mapping : { $schema: options.schemaUrl, ...mapping };
  return stringify(all, { version: "1.2", lineWidth: 0, customTags: (tags) => [...ownTags, ...tags] });
}

/** The spec as the mapping that `show` prints in JSON. */
export function specMapping<Kind extends SpecKind>(
  kind: Kind,
  spec: SpecByKind[Kind],
): Record<string, unknown> {
  const bare = plain(orderedMapping(kind, spec));
  return isMapping(bare) ? bare : {};
}

function orderedMapping<Kind extends SpecKind>(kind: Kind, spec: SpecByKind[Kind]): Record<string, unknown> {
  const definition: KindDefinition<SpecByKind[Kind]> = specKinds[kind];
  const mapping = definition.toMapping(spec);
  const rank = new Map(definition.keys.map((key, index) => [key, index]));
  const present = Object.entries(mapping).filter(([key, value]) => {
    // Empty inputs and outputs are what the loader fills in.
    return value !== undefined && !((key === "inputs" || key === "outputs") && isEmpty(value));
  });
  present.sort(([a], [b]) => (rank.get(a) ?? rank.size) - (rank.get(b) ?? rank.size));
  return Object.fromEntries(present);
}

function isEmpty(value: unknown): boolean {
  return isMapping(value) && Object.keys(value).length === 0;
}

/** Numbers go out as they came in: `1.0` stays `1.0`. Text that the loader would take for a boolean gets quotes. */
const ownTags: ScalarTag[] = [
  {
    tag: "tag:yaml.org,2002:float",
    default: true,
    identify: (value) => value instanceof Written,
    resolve: (text) => text,
    stringify: (item) => (item.value instanceof Written ? item.value.text : String(item.value)),
  },
  {
    tag: "tag:yaml.org,2002:str",
    default: true,
    identify: (value) => typeof value === "string" && /^(yes|no|on|off)$/i.test(value),
    resolve: (text) => text,
    stringify: (item) => JSON.stringify(item.value),
  },
];
