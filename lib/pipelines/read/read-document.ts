import type { ComponentLookup } from "#lib/components/lookup.ts";
import type { Issue } from "#lib/core/errors.ts";
import { isAppError } from "#lib/core/errors.ts";
import { documentOf, readDocument, type SpecDocument } from "#lib/spec/document.ts";
import { pipelineJobKind } from "#lib/spec/kinds/job.ts";
import type { PipelineJobSpec } from "#lib/spec/kinds/pipeline-job.ts";
import { isMapping } from "#lib/spec/paths.ts";
import { Report } from "#lib/spec/report.ts";
import { issuesOf } from "#lib/spec/zod-issues.ts";
import type { Fault } from "../model.ts";
import { placeOf } from "./faults.ts";
import { type ReadGraph, readGraph } from "./read-graph.ts";

export interface ReadDocument extends Omit<ReadGraph, "graph"> {
  /** Null when the document is no pipeline at all. */
  graph: ReadGraph["graph"] | null;
  spec: PipelineJobSpec | null;
}

const nothing = { graph: null, components: new Map(), nested: new Map(), spec: null };

/**
 * A pipeline as it is being written: what can be read of it as a graph, and every fault. Steps that cannot be read are
 * left out and named in a fault; a text that is no YAML, or no pipeline, gives no graph.
 */
export function readPipelineDocument(
  source: string | Record<string, unknown>,
  lookup: ComponentLookup,
  fileName = "pipeline.yml",
): ReadDocument {
  let document: SpecDocument;
  try {
    document = typeof source === "string" ? readDocument(source, fileName) : documentOf(source);
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { ...nothing, faults: error.issues.map((issue) => faultOf(issue, "error", fileName)) };
  }
  const raw = { ...document.raw, type: "pipeline" };
  const whole = pipelineJobKind.schema.safeParse(raw);
  const faults: Fault[] = [];
  const broken = new Set<string>();
  let spec = whole.success ? whole.data : null;
  if (!whole.success) {
    const issues = issuesOf(whole.error, document);
    faults.push(...issues.map((issue) => faultOf(issue, "error", fileName)));
    for (const { path } of whole.error.issues)
      if (path[0] === "jobs" && path[1] !== undefined) broken.add(String(path[1]));
    spec = readRest(
      raw,
      whole.error.issues.map(({ path }) => path),
    );
  }
  if (!spec) return { ...nothing, faults };
  const report = new Report(document);
  pipelineJobKind.check?.(spec, report, {});
  const read = readGraph(spec, lookup, { document, broken });
  faults.push(
    ...report.errors.map((issue) => faultOf(issue, "error", fileName)),
    ...[...document.warnings, ...report.warnings].map((issue) => faultOf(issue, "warning", fileName)),
    ...read.faults,
  );
  return { ...read, faults, spec };
}

/** The spec without the parts that issues are in: a step, an input, an output, or a key at the top. */
function readRest(raw: Record<string, unknown>, paths: PropertyKey[][]): PipelineJobSpec | null {
  const rest: Record<string, unknown> = { ...raw };
  for (const [key, name] of paths) {
    const section = String(key);
    const held = rest[section];
    if (name !== undefined && isMapping(held) && ["jobs", "inputs", "outputs"].includes(section)) {
      const { [String(name)]: _, ...others } = held;
      rest[section] = others;
    } else delete rest[section];
  }
  const parsed = pipelineJobKind.schema.safeParse(rest);
  if (parsed.success) return parsed.data;
  // Without a step there is still a canvas to draw on.
  const { jobs: _, component: __, ...top } = rest;
  const empty = pipelineJobKind.schema.safeParse({ ...top, jobs: { none: { component: "azureml:none:1" } } });
  return empty.success ? { ...empty.data, jobs: {} } : null;
}

export function faultOf(issue: Issue, severity: Fault["severity"], mainFile: string): Fault {
  const [, node, section, name] =
    /^jobs\.(\w+)(?:\.(inputs|outputs)\.([\w.]+?))?(?:\.|$)/.exec(issue.path) ?? [];
  return {
    ...(node === undefined ? {} : { node }),
    ...(section === undefined || name === undefined ? {} : { port: name }),
    path: issue.path,
    message: issue.message,
    severity,
    ...placeOf(issue.location, mainFile),
  };
}
