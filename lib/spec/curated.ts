import { nearNames } from "./near-names.ts";
import type { AssetRef } from "./ref.ts";

/** An environment of the studio that stands in for vendor environments with the same main packages. */
export interface CuratedEnvironment {
  /** The studio's own name, such as `sklearn-1.5`. */
  name: string;
  /** Vendor names that start with this, `AzureML-` taken away, are mapped to it. Versions are ignored. */
  prefix: string;
}

export type CuratedTable = readonly CuratedEnvironment[];

/** What ships with the studio. A workspace may pass a longer table. */
export const curatedEnvironments: CuratedTable = [
  { name: "sklearn-1.5", prefix: "sklearn" },
  { name: "designer-1", prefix: "designer" },
];

export type CuratedMatch =
  | { found: true; name: string; exact: boolean }
  | { found: false; wanted: string; near: string[] };

const vendorPrefix = /^azureml-/i;

/** Whether a reference means an environment that comes with the product: by its name, or by the built-in registry. */
export function isCuratedRef(ref: AssetRef): boolean {
  return (
    ref.registry?.toLowerCase() === "azureml" || (ref.registry === undefined && vendorPrefix.test(ref.name))
  );
}

/** The studio's environment for a curated name; without one, the names that come near. */
export function matchCurated(ref: AssetRef, table: CuratedTable = curatedEnvironments): CuratedMatch {
  const wanted = ref.name.replace(vendorPrefix, "").toLowerCase();
  const same = table.find((item) => item.name.toLowerCase() === wanted);
  if (same) return { found: true, name: same.name, exact: true };
  const fitting = table
    .filter((item) => wanted === item.prefix || wanted.startsWith(`${item.prefix}-`))
    .sort((a, b) => b.prefix.length - a.prefix.length)[0];
  if (fitting) return { found: true, name: fitting.name, exact: false };
  const near = nearNames(
    wanted,
    table.map((item) => item.name),
  );
  return { found: false, wanted: ref.name, near: near.length > 0 ? near : table.map((item) => item.name) };
}
