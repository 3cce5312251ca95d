import type { Queryable } from "#db/client.ts";
import { loadLookup } from "#lib/components/resolve.ts";
import type { ResolvedInput } from "#lib/runs/inputs/port-values.ts";
import type { LoadedJob } from "#lib/runs/load-job.ts";
import type { PipelineJobSpec } from "#lib/spec/kinds/pipeline-job.ts";
import { graphHash } from "../graph-hash.ts";
import type { Fault, PipelineGraph, PipelinePlan } from "../model.ts";
import { flattenGraph } from "../plan/flatten.ts";
import { planGraph } from "../plan/plan-graph.ts";
import { readGraph } from "../read/read-graph.ts";
import { FaultCatcher } from "./fault-catcher.ts";
import { DataResolver } from "./resolve-data.ts";
import { NodeResolver } from "./resolve-node.ts";

export interface ResolvedPipeline {
  graph: PipelineGraph;
  faults: Fault[];
  /** Null when there is a fault of severity error. */
  plan: PipelinePlan | null;
  /** The pipeline's own inputs. */
  inputs: ResolvedInput[];
}

/**
 * A checked pipeline job with everything that it names found: versions of components and data, environments, computes,
 * uploaded code. Nothing is written. All that is wrong is answered at once.
 */
export async function resolvePipeline(
  db: Queryable,
  workspaceId: string,
  loaded: Pick<LoadedJob<PipelineJobSpec>, "spec" | "document" | "typedInputs">,
  /** `open`: some of its inputs get their values later; its plan is none to start. */
  options: { open?: boolean } = {},
): Promise<ResolvedPipeline> {
  const { spec, document } = loaded;
  const lookup = await loadLookup(db, workspaceId, spec);
  const read = readGraph(spec, lookup, { document, ...options });
  const { graph } = read;
  const catcher = new FaultCatcher(document);
  if (read.faults.some(({ severity }) => severity === "error")) {
    return { graph, faults: read.faults, plan: null, inputs: [] };
  }
  const flat = flattenGraph(read);
  const data = new DataResolver(db, workspaceId, catcher);
  const inputs = await data.resolveInputs(graph.inputs, loaded.typedInputs);
  const resolver = new NodeResolver({ db, workspaceId, data, catcher, flat, graph });
  const nodes = [];
  for (const planned of planGraph(flat, graph.settings)) nodes.push(await resolver.resolve(planned));
  const faults = [...read.faults, ...catcher.items];
  const complete = nodes.filter((node) => node !== null);
  const broken = complete.length < nodes.length || faults.some(({ severity }) => severity === "error");
  const plan: PipelinePlan = {
    version: 1,
    hash: graphHash(graph),
    settings: graph.settings,
    nodes: complete,
    outputs: flat.outputs,
    graph,
  };
  return { graph, faults, plan: broken ? null : plan, inputs };
}
