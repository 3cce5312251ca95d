import type { AssetSource } from "#db/schema/index.ts";

/** What an input is bound to when a run is submitted; a row of `run_ports` is made of it. */
export interface ResolvedInput {
  name: string;
  /** `literal`, or the type of the data. */
  type: string;
  mode: string;
  value: string | null;
  assetVersionId: string | null;
  source: AssetSource | null;
  /** As the job names it. */
  uri: string;
}

export function literalInput(name: string, text: string): ResolvedInput {
  return { name, type: "literal", mode: "", value: text, assetVersionId: null, source: null, uri: "" };
}
