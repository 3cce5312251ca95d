/** Where a run keeps a model. */
export interface ModelFolder {
  /** Which files of the run: `artifacts` or `outputs.<name>`. */
  of: string;
  /** The folder that holds `MLmodel`; empty for the whole set. */
  path: string;
  label: string;
}

/** The folders that hold an `MLmodel` file: what the MLflow client logged, and outputs that are models. */
export function findModelFolders(of: string, paths: readonly string[]): ModelFolder[] {
  return paths
    .filter((path) => path === "MLmodel" || path.endsWith("/MLmodel"))
    .map((path) => path.slice(0, Math.max(0, path.length - "/MLmodel".length)))
    .sort((a, b) => a.length - b.length || a.localeCompare(b))
    .map((path) => ({
      of,
      path,
      label:
        [of === "artifacts" ? "" : `output ${of.slice("outputs.".length)}`, path]
          .filter(Boolean)
          .join(", ") || "artifacts",
    }));
}
