import type { RunEnvironment } from "#db/schema/index.ts";
import { isValueType } from "#lib/components/model.ts";
import { canonicalJson } from "#lib/core/canonical.ts";
import type { PipelinePlan, PlanInput, PlanNode } from "#lib/pipelines/model.ts";
import type { LiteralType } from "#lib/spec/kinds/data-types.ts";
import { orderSteps, type PreviewPlan, type PreviewStep, type StepSource } from "./plan-preview.ts";
import type { PreviewCommand } from "./preview-command.ts";
import { previewKeyOf, sampleRows } from "./step-key.ts";

export interface OwnPlanContext {
  /** As a run of the pipeline would have it. */
  plan: Pick<PipelinePlan, "nodes">;
  /** Rows of datasets that were read as tables, by the id of their version. */
  rows: ReadonlyMap<string, number | null>;
  isHeavy(module: string): boolean;
  /** What the modules run in. */
  environment: RunEnvironment;
}

/**
 * The steps that the output of a step follows from, of the plan that a run would have: with commands in containers of
 * their own, and with what is inside of pipeline components. Commands are heavy: nobody knows how long they take.
 */
export function planOwnSteps(
  context: OwnPlanContext,
  last: { node: string; port: string },
): Pick<PreviewPlan, "port" | "portType" | "steps"> {
  const nodes = new Map(context.plan.nodes.map((node) => [node.name, node]));
  const steps = new Map<string, PreviewStep>();

  function visit(name: string): PreviewStep {
    const known = steps.get(name);
    if (known) return known;
    const node = nodes.get(name);
    if (!node) throw new Error(`the plan has no step ${name}`);
    const inputs: Record<string, StepSource> = {};
    const values: Record<string, LiteralType> = {};
    const contents: Record<string, string> = {};
    for (const [port, input] of Object.entries(node.inputs)) {
      const [source, content] = sourceOf(input);
      inputs[port] = source;
      contents[port] = content;
      if (isValueType(input.type)) values[port] = input.type;
    }
    const command = commandOf(node);
    const environment = command ? command.environment : context.environment;
    const { parameters, component } = node;
    const sources = Object.values(inputs);
    const sampled =
      sources.some(
        (source) => (source.kind === "asset" && source.large) || (source.kind === "step" && source.free),
      ) ||
      (sources.length === 0 && !command);
    const step: PreviewStep = {
      // A step inside of a component is drawn as that component.
      node: name.split(".")[0] ?? name,
      displayName: node.displayName,
      key: previewKeyOf({
        digest: component.digest,
        parameters,
        contents,
        environment,
        sampled,
        ...(command ? { command } : {}),
      }),
      module: node.module,
      command,
      parameters,
      inputs,
      values,
      outputs: Object.keys(node.outputs),
      heavy: command !== null || context.isHeavy(node.module ?? ""),
      sampled,
    };
    steps.set(name, step);
    return step;
  }

  function sourceOf({ source }: PlanInput): [StepSource, string] {
    if (source.kind === "output") {
      const before = visit(source.node);
      const { key } = before;
      // Nothing holds a command to a number of rows.
      const free = before.command ? { free: true as const } : {};
      return [{ kind: "step", key, port: source.port, ...free }, `${key}/${source.port}`];
    }
    const { assetVersionId } = source;
    const rows = context.rows.get(assetVersionId ?? "") ?? null;
    const content = canonicalJson({ source: source.source, assetVersionId });
    return [{ kind: "asset", source: source.source, large: rows === null || rows > sampleRows }, content];
  }

  const step = visit(last.node);
  const portType = nodes.get(last.node)?.outputs[last.port]?.type ?? "";
  return { port: last.port, portType, steps: orderSteps(steps.values(), step) };
}

function commandOf(node: PlanNode): PreviewCommand | null {
  if (!node.command) return null;
  const { text, codeDigest, environmentVariables } = node.command;
  const { environment, compute, provider, resources } = node;
  return {
    text,
    codeDigest,
    environmentVariables,
    environment,
    compute,
    provider,
    resources,
    timeoutSeconds: node.limits.timeoutSeconds,
    inputs: Object.fromEntries(
      Object.entries(node.inputs).map(([name, { type, mode, source }]) => [
        name,
        { type, mode, uri: source.kind === "asset" ? source.uri : "" },
      ]),
    ),
    outputs: Object.fromEntries(Object.entries(node.outputs).map(([name, { type }]) => [name, { type }])),
  };
}
