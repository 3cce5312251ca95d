import { createHash } from "node:crypto";
import type { AssetSource } from "#db/schema/index.ts";
import type { PlanNode } from "#lib/pipelines/model.ts";

/** Where each input of a step comes from, when all of them are known. */
export type StepSources = Record<
  string,
  { source: AssetSource; assetVersionId: string | null; uri: string; value?: string | null }
>;

/**
 * What the outputs of a step follow from, as one hash: component, parameters, contents of the inputs, environment. Null
 * for a step that is never reused: it draws chances, or reads what can change without a trace.
 */
export function stepKeyOf(node: PlanNode, sources: StepSources): string | null {
  if (!node.isDeterministic) return null;
  const inputs: Record<string, string> = {};
  for (const [name, { source, assetVersionId, value }] of Object.entries(sources)) {
    // Of a value counts what it is, not how its file was written.
    const content = typeof value === "string" ? `value:${value}` : contentOf(source, assetVersionId);
    if (content === null) return null;
    inputs[name] = content;
  }
  const { component, parameters, command, environment } = node;
  const outputs = Object.keys(node.outputs);
  return createHash("sha256")
    .update(
      canonical({
        component: component.digest,
        parameters,
        inputs,
        outputs: outputs.sort(),
        environment: environment.digest,
        command,
      }),
    )
    .digest("hex");
}

function contentOf(source: AssetSource, assetVersionId: string | null): string | null {
  switch (source.kind) {
    case "tree":
      return `tree:${source.digest}`;
    case "blob":
      return `blob:${source.sha256}:${source.fileName}`;
    case "prefix":
      // The files of a version stay; those of a run's folder can be written again.
      return assetVersionId === null ? null : `prefix:${source.prefix}`;
    case "uri":
    case "none":
      return null;
  }
}

/** JSON with the keys in order, so that equal values give equal text. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(",")}}`;
}
