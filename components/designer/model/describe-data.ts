import type { DataNode } from "#lib/designer/document/types.ts";
import { modelTypes } from "#lib/spec/kinds/data-types.ts";

const words: Record<string, string> = {
  uri_file: "Dataset, one file",
  uri_folder: "Dataset, a folder",
  mltable: "Dataset, MLTable",
};

/** “Dataset, one file · newest version”, “Model · version 3”. */
export function describeDataVersion({ path, type }: Pick<DataNode, "path" | "type">): string {
  const kind = (modelTypes as readonly string[]).includes(type) ? "Model" : (words[type] ?? "Dataset");
  if (path === "") return `${kind} · given at each run`;
  const [, label, version] = /^azureml:[^:@/]+(?:@(.+)|:(.+))$/.exec(path) ?? [];
  if (label !== undefined) return `${kind} · ${label === "latest" ? "newest version" : label}`;
  return version === undefined ? kind : `${kind} · version ${version}`;
}
