import { ORPCError } from "@orpc/client";
import { type ComponentLookup, type FoundComponent, trustingLookup } from "#lib/components/lookup.ts";
import { refsOf } from "#lib/components/resolve-refs.ts";
import type { Issue } from "#lib/core/errors.ts";
import { readGraph } from "#lib/pipelines/read/read-graph.ts";
import type { JobSpec } from "#lib/spec/kinds/job.ts";
import type { LoadedFile } from "#lib/spec/load.ts";
import type { Connection } from "./connection.ts";

export interface CheckedPipeline {
  errors: Issue[];
  warnings: Issue[];
}

/**
 * How the steps of a pipeline file hang together, with the lines of the files that they are written in. What it names
 * in a studio is asked for there; without a connection that is taken on trust.
 */
export async function checkPipelineFile(
  loaded: LoadedFile<"job">,
  studio: { connection: Connection; workspace: string } | null,
): Promise<CheckedPipeline> {
  const { spec, document } = loaded;
  if (spec.type !== "pipeline") return { errors: [], warnings: [] };
  const lookup = studio ? await askStudio(studio.connection, studio.workspace, spec) : trustingLookup;
  const { faults } = readGraph(spec, lookup, { document });
  const issues = (wanted: string) =>
    faults
      .filter(({ severity }) => severity === wanted)
      .map(({ path, message, location }) => ({
        path,
        message,
        ...(location === undefined ? {} : { location }),
      }));
  return { errors: issues("error"), warnings: issues("warning") };
}

async function askStudio(
  { api }: Connection,
  workspace: string,
  spec: Extract<JobSpec, { type: "pipeline" }>,
): Promise<ComponentLookup> {
  const found = new Map<string, FoundComponent | null>();
  for (const ref of refsOf(spec)) {
    try {
      const definition = await api.components.resolve({ workspace, ref });
      found.set(ref, { definition, body: null, assetVersionId: null });
    } catch (error) {
      if (!(error instanceof ORPCError) || error.code !== "NOT_FOUND") throw error;
      found.set(ref, null);
    }
  }
  const missing = [...found.values()].includes(null);
  const names = missing ? (await api.components.palette({ workspace })).items.map(({ name }) => name) : [];
  return { find: (ref) => found.get(ref), names: () => names };
}
