/** Where new keys of a pipeline are written: as the public examples have them. */
const pipelineKeys = [
  "$schema",
  "type",
  "name",
  "display_name",
  "description",
  "experiment_name",
  "tags",
  "properties",
  "compute",
  "settings",
  "inputs",
  "outputs",
  "jobs",
  "designer",
];
const nodeKeys = [
  "type",
  "component",
  "display_name",
  "comment",
  "compute",
  "environment",
  "environment_variables",
  "limits",
  "retries",
  "resources",
  "isolation",
  "disabled",
  "inputs",
  "outputs",
];
const designerKeys = ["positions", "groups", "comments"];

/** The place of a key in the mapping at a path; infinite where new keys simply come last. */
export function keyRank(path: readonly string[], key: string): number {
  const keys =
    path.length === 0
      ? pipelineKeys
      : path[0] === "jobs" && path.length === 2
        ? nodeKeys
        : path[0] === "designer" && path.length === 1
          ? designerKeys
          : [];
  const index = keys.indexOf(key);
  return index === -1 ? Number.POSITIVE_INFINITY : index;
}
