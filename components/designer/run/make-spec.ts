import type { Literal } from "#lib/components/model.ts";
import type { JsonMap } from "#lib/designer/document/types.ts";
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
