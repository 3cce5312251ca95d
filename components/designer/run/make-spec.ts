import { parse } from "yaml";
import type { Literal } from "#lib/components/model.ts";
import type { Json, JsonMap } from "#lib/designer/document/types.ts";
import { isMap } from "#lib/designer/document/values.ts";
import type { SubmitMemory } from "#lib/designer/model.ts";

/** How much of the pipeline to run: all, up to a step, or that step whatever was kept of it. */
export type RunScope = { to: string; again: boolean } | null;

export interface SpecToRun {
  spec: string | JsonMap;
  set?: string[];
}

const valueText = (value: Literal) => JSON.stringify(value);

/** What the submit dialog changes, as `path=value` that is laid over the text, so that the text is kept as it is. */
export function listChanges(memory: SubmitMemory): string[] {
  const { experiment, displayName, description, inputs, defaultCompute, forceRerun } = memory;
  return [
    ...(experiment ? [`experiment_name=${valueText(experiment)}`] : []),
    ...(displayName ? [`display_name=${valueText(displayName)}`] : []),
    ...(description ? [`description=${valueText(description)}`] : []),
    ...Object.entries(inputs ?? {}).map(([name, value]) => `inputs.${name}=${valueText(value)}`),
    ...(defaultCompute ? [`settings.default_compute=${valueText(`azureml:${defaultCompute}`)}`] : []),
    ...(forceRerun ? ["settings.force_rerun=true"] : []),
  ];
}

/** The pipeline without the steps that `keep` does not name, and without outputs that nothing gives any more. */
export function pruneTo(text: string, keep: ReadonlySet<string>, again: string | null): JsonMap {
  const whole: unknown = parse(text);
  if (!isMap(whole as Json)) return {};
  const document = whole as JsonMap;
  const jobs = isMap(document.jobs) ? document.jobs : {};
  const kept = Object.fromEntries(
    Object.entries(jobs)
      .filter(([name]) => keep.has(name))
      .map(([name, job]) => [name, name === again && isMap(job) ? { ...job, is_deterministic: false } : job]),
  );
  const used = JSON.stringify(kept);
  const inputs = isMap(document.inputs) ? document.inputs : {};
  const usedInputs = Object.fromEntries(
    Object.entries(inputs).filter(([name]) => new RegExp(`parent\\.inputs\\.${name}\\b`).test(used)),
  );
  const outputs = isMap(document.outputs) ? document.outputs : {};
  const usedOutputs = Object.fromEntries(
    Object.entries(outputs).filter(
      ([name]) => used.includes(`parent.outputs.${name}}`) || used.includes(`parent.outputs.${name} `),
    ),
  );
  const { inputs: _, outputs: __, ...rest } = document;
  return {
    ...rest,
    ...(Object.keys(usedInputs).length > 0 ? { inputs: usedInputs } : {}),
    ...(Object.keys(usedOutputs).length > 0 ? { outputs: usedOutputs } : {}),
    jobs: kept,
  };
}
