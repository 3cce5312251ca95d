import type { ComponentSpec } from "#lib/spec/kinds/component.ts";
import type { NodeSpec } from "#lib/spec/kinds/pipeline-node.ts";

/** The references in a pipeline, those of components that it holds too. */
export function refsOf(pipeline: {
  jobs?: Record<string, NodeSpec>;
  component?: string | ComponentSpec;
}): Set<string> {
  const refs = new Set<string>();
  const visit = (component: string | ComponentSpec | undefined) => {
    if (typeof component === "string") refs.add(component);
    else if (component?.type === "pipeline") visitJobs(component.jobs);
  };
  const visitJobs = (jobs: Record<string, NodeSpec>) => {
    for (const { component } of Object.values(jobs)) visit(component);
  };
  visit(pipeline.component);
  visitJobs(pipeline.jobs ?? {});
  return refs;
}
