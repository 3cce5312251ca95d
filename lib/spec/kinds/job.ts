import { z } from "zod";
import { jobTypeOf } from "../detect-kind.ts";
import { forward } from "../fields.ts";
import { isMapping } from "../paths.ts";
import type { CommandJobSpec } from "./command-job.ts";
import { commandJobKind, inputMapping } from "./command-job.ts";
import { checkComponent, componentMapping, map, nodeMapping, settingsMapping } from "./component-kind.ts";
import type { KindDefinition } from "./kind-definition.ts";
import { checkNodes, checkSettings } from "./pipeline-check.ts";
import { type PipelineJobSpec, pipelineJobKeys, pipelineJobSchema } from "./pipeline-job.ts";
import { componentLocals, inputLocals, jobsLocals } from "./pipeline-locals.ts";

export const pipelineJobKind: KindDefinition<PipelineJobSpec> = {
  schema: pipelineJobSchema as unknown as z.ZodType<PipelineJobSpec>,
  keys: pipelineJobKeys,
  check(spec, report, options) {
    if (spec.jobs) checkNodes(spec.jobs, report, options, checkComponent);
    if (typeof spec.component === "object")
      checkComponent(spec.component, report.below(["component"]), options);
    if (spec.settings) checkSettings(spec.settings, report);
  },
  toMapping: ({ jobs, component, settings, compute, inputs, ...rest }) => ({
    ...rest,
    ...(compute === undefined ? {} : { compute: `azureml:${compute}` }),
    inputs: map(inputs, inputMapping),
    ...(settings === undefined ? {} : { settings: settingsMapping(settings) }),
    ...(component === undefined
      ? {}
      : { component: typeof component === "string" ? component : componentMapping(component) }),
    ...(jobs === undefined ? {} : { jobs: map(jobs, nodeMapping) }),
  }),
  localFields: (raw) => [
    ...inputLocals(raw.inputs),
    ...(isMapping(raw.component) ? componentLocals(raw.component, ["component"]) : []),
    ...jobsLocals(raw.jobs, ["jobs"]),
  ],
};

/** Jobs of every type; their `type` tells them apart. */
export type JobSpec = CommandJobSpec | PipelineJobSpec;

const isPipeline = (raw: Record<string, unknown>) => jobTypeOf(raw).type === "pipeline";

export const jobKind: KindDefinition<JobSpec> = {
  schema: z.unknown().transform((raw, ctx): JobSpec => {
    const pipeline = isMapping(raw) && isPipeline(raw);
    const schema = pipeline ? pipelineJobKind.schema : commandJobKind.schema;
    const parsed = schema.safeParse(pipeline ? { ...raw, type: "pipeline" } : raw);
    return parsed.success ? parsed.data : forward(parsed.error, raw, ctx);
  }),
  keys: [...new Set([...commandJobKind.keys, ...pipelineJobKind.keys])],
  check(spec, report, options) {
    if (spec.type === "pipeline") pipelineJobKind.check?.(spec, report, options);
    else commandJobKind.check?.(spec, report, options);
  },
  toMapping: (spec) =>
    spec.type === "pipeline" ? pipelineJobKind.toMapping(spec) : commandJobKind.toMapping(spec),
  localFields: (raw) => (isPipeline(raw) ? pipelineJobKind : commandJobKind).localFields?.(raw) ?? [],
};
