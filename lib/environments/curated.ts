import { type CuratedEnvironment, curatedEnvironments as curated } from "./build/curated.ts";
import { definitionDigest } from "./digest.ts";
import type { EnvironmentSummary, EnvironmentVersion } from "./model.ts";

/** Environments that ship with the studio: in every workspace, without rows. */

/** When they were put together, in UTC milliseconds; it tells nothing but their place in a list. */
const createdAt = Date.UTC(2025, 0, 1);

export function listCurated(search = ""): CuratedEnvironment[] {
  return curated.filter((item) => item.name.toLowerCase().includes(search.toLowerCase()));
}

/** A name with dots is one of ours even where a version of it is asked for: there is one of each. */
export function findCurated(name: string): CuratedEnvironment | null {
  return curated.find((item) => item.name.toLowerCase() === name.toLowerCase()) ?? null;
}

function versionOf(item: CuratedEnvironment): Omit<EnvironmentVersion, "builds"> {
  return {
    name: item.name,
    version: item.version,
    curated: true,
    type: item.definition.kind,
    path: "",
    description: item.description,
    tags: {},
    labels: ["latest"],
    sizeBytes: null,
    runName: null,
    createdBy: null,
    createdAt,
    archived: false,
    definition: item.definition,
    digest: definitionDigest(item.definition),
  };
}

export function curatedVersion(
  item: CuratedEnvironment,
  builds: EnvironmentVersion["builds"],
): EnvironmentVersion {
  return { ...versionOf(item), builds };
}

export function curatedSummary(item: CuratedEnvironment): EnvironmentSummary {
  const { definition: _, digest: __, name, curated: ours, ...latest } = versionOf(item);
  return {
    name,
    curated: ours,
    description: item.description,
    tags: {},
    versionCount: 1,
    archived: false,
    createdAt,
    updatedAt: createdAt,
    latest,
  };
}
