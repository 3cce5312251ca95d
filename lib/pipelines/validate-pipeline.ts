import type { Queryable } from "#db/client.ts";
import { trustingLookup } from "#lib/components/lookup.ts";
import { loadLookup } from "#lib/components/resolve.ts";
import { isAppError } from "#lib/core/errors.ts";
import { loadJob } from "#lib/runs/load-job.ts";
import type { NewRun } from "#lib/runs/model.ts";
import { graphHash } from "./graph-hash.ts";
import type { Fault, PipelineGraph } from "./model.ts";
import { faultOf, readPipelineDocument } from "./read/read-document.ts";
import { resolvePipeline } from "./submit/resolve-plan.ts";

export interface PipelineReport {
  graph: PipelineGraph | null;
  faults: Fault[];
  warnings: Fault[];
  graphHash: string | null;
}

/**
 * All that is wrong with a pipeline, whatever state it is in. One that is right as a document is looked at as `submit`
 * does: its data, environments and computes must be there.
 */
export async function validatePipeline(
  db: Queryable,
  workspaceId: string,
  given: NewRun,
  options: { open?: boolean } = {},
): Promise<PipelineReport> {
  const fileName = given.fileName ?? "pipeline.yml";
  try {
    const loaded = loadJob({ ...given, fileName });
    const { spec } = loaded;
    if (spec.type !== "pipeline") {
      const message = "This is a command job. A pipeline has type: pipeline and jobs.";
      return report(null, [{ path: "type", message, severity: "error" }]);
    }
    const warnings = loaded.warnings.map((issue) => faultOf(issue, "warning", fileName));
    const { graph, faults } = await resolvePipeline(db, workspaceId, { ...loaded, spec }, options);
    return report(graph, [...warnings, ...faults]);
  } catch (error) {
    if (!isAppError(error) || error.code !== "VALIDATION_FAILED") throw error;
    // What can be read is still worth drawing.
    const first = readPipelineDocument(given.spec, trustingLookup, fileName);
    if (!first.spec) return report(null, first.faults);
    const lookup = await loadLookup(db, workspaceId, first.spec);
    const { graph, faults } = readPipelineDocument(given.spec, lookup, fileName);
    return report(graph, faults);
  }
}

function report(graph: PipelineGraph | null, all: Fault[]): PipelineReport {
  const faults = all.filter(({ severity }) => severity === "error");
  const warnings = all.filter(({ severity }) => severity === "warning");
  return { graph, faults, warnings, graphHash: graph && faults.length === 0 ? graphHash(graph) : null };
}
