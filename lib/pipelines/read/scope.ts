import type { FoundComponent } from "#lib/components/lookup.ts";
import type { PortType } from "#lib/components/model.ts";
import type { NodeOutput } from "#lib/spec/kinds/node-ports.ts";
import type { NodeSpec } from "#lib/spec/kinds/pipeline-node.ts";
import type { SpecPath } from "#lib/spec/paths.ts";
import type { PipelineInput, PipelineOutput } from "../model.ts";

/** Why the value of an input of a pipeline is not there when the pipeline is sent. */
export type Untold = "late" | "absent";

/** A pipeline while it is read: the job itself, or a pipeline component inside it. */
export interface Scope {
  /** Where it stands in the document; its steps are below `jobs`. */
  base: SpecPath;
  /** Of the names of its steps: `outer.` inside the node “outer”. */
  prefix: string;
  inputs: Record<string, PipelineInput>;
  outputs: Record<string, PipelineOutput>;
  jobs: Record<string, NodeSpec>;
  /** By step; undefined where nobody could tell. */
  components: Map<string, FoundComponent | undefined>;
  /** Steps that are left out of the graph because something is wrong with them already. */
  broken: ReadonlySet<string>;
  /** Inputs whose values are not there when the pipeline is sent, and why. */
  untold: ReadonlyMap<string, Untold>;
}

export function nodePath(scope: Scope, node: string, ...rest: SpecPath): SpecPath {
  return [...scope.base, "jobs", node, ...rest];
}

/** The type of an output of a step that is written out in its node: as it says, else that of the pipeline's output it is. */
export function writtenOutputType(scope: Scope, { type, bound }: NodeOutput): PortType {
  return type ?? (bound === undefined ? undefined : scope.outputs[bound]?.type) ?? "uri_folder";
}

/** The type of a step's output; undefined where its component is not known, null where it has no such output. */
export function outputType(scope: Scope, node: string, port: string): PortType | undefined | null {
  const spec = scope.jobs[node];
  if (!spec) return null;
  if (spec.component === undefined) {
    const output = spec.outputs[port];
    return output ? writtenOutputType(scope, output) : null;
  }
  const component = scope.components.get(node);
  if (!component) return undefined;
  return component.definition.outputs.find(({ name }) => name === port)?.type ?? null;
}
