import { z } from "zod";
import {
  byType,
  choice,
  flag,
  freeText,
  mapping,
  name,
  opaque,
  opt,
  tagMap,
  text,
  whole,
} from "../fields.ts";
import { isMapping } from "../paths.ts";
import { findScalarText } from "../written.ts";
import { jobKind } from "./job.ts";
import type { KindDefinition } from "./kind-definition.ts";

const weekDays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

/** A number or word alone stands for a list of one. */
function listOf<T extends z.ZodType>(item: T) {
  return z.preprocess(
    (value) => (value === undefined || value === null || Array.isArray(value) ? value : [value]),
    z.array(item, { error: "must be a list." }).min(1, "must not be empty."),
  );
}

const instant = text.pipe(
  z
    .string()
    .refine((value) => !Number.isNaN(Date.parse(value)), "must be a time, such as 2026-05-01T08:00:00."),
);

const span = {
  start_time: opt(instant),
  end_time: opt(instant),
  time_zone: opt(text),
};

const pattern = mapping({
  hours: opt(listOf(whole(0, 23))),
  minutes: opt(listOf(whole(0, 59))),
  week_days: opt(listOf(choice(weekDays))),
  month_days: opt(listOf(whole(1, 31))),
});

/** Other words for the same: `pattern` for `schedule`, `timezone` for `time_zone`, units in the plural. */
function renamed(raw: unknown): unknown {
  if (!isMapping(raw)) return raw;
  const { pattern: other, timezone, ...rest } = raw;
  const unit = findScalarText(rest.frequency)?.toLowerCase();
  return {
    ...rest,
    ...(other === undefined ? {} : { schedule: other }),
    ...(timezone === undefined ? {} : { time_zone: timezone }),
    ...(unit === undefined ? {} : { frequency: unit.replace(/s$/, "") }),
  };
}

export const trigger = z.preprocess(
  renamed,
  byType({
    cron: mapping({ type: z.literal("cron"), expression: text, ...span }),
    recurrence: mapping({
      type: z.literal("recurrence"),
      frequency: choice(["minute", "hour", "day", "week", "month"]),
      interval: whole(1, 10_000).default(1),
      schedule: opt(pattern),
      ...span,
    }),
  }),
);
export type TriggerSpec = z.output<typeof trigger>;

const createJob = z.unknown().transform((raw, ctx): Record<string, unknown> | string => {
  if (typeof raw === "string" && raw.trim() !== "") return raw;
  if (isMapping(raw)) return opaque.parse(raw) as Record<string, unknown>;
  ctx.addIssue({
    code: "custom",
    message: raw === undefined ? "is required." : "must name a job, or be one.",
  });
  return z.NEVER;
});

const shape = {
  name,
  display_name: opt(freeText),
  description: opt(freeText),
  tags: opt(tagMap),
  properties: opt(tagMap),
  trigger,
  /** A job (`azureml:<run>`, a file, or in its place), or a mapping with `job` and what to change of it. */
  create_job: createJob,
  is_enabled: opt(flag),
};

export const scheduleSchema = mapping(shape);
export type ScheduleSpec = z.output<typeof scheduleSchema>;

export const scheduleKind: KindDefinition<ScheduleSpec> = {
  schema: scheduleSchema,
  keys: Object.keys(shape),
  toMapping: (spec) => spec,
  localFields(raw) {
    const held = isMapping(raw.create_job) ? raw.create_job : undefined;
    const job = isMapping(held?.job) ? held.job : held;
    const base = isMapping(held?.job) ? ["create_job", "job"] : ["create_job"];
    if (!job) return [];
    const fields = jobKind.localFields?.(job) ?? [];
    return fields.map((field) => ({ ...field, path: [...base, ...field.path] }));
  },
};
