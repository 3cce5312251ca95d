import { z } from "zod";

/** A schedule as the API tells of it. Times are UTC milliseconds. */
export const schedule = z.object({
  name: z.string(),
  displayName: z.string(),
  description: z.string(),
  tags: z.record(z.string(), z.string()),
  /** In the words of the file. */
  trigger: z.record(z.string(), z.unknown()),
  /** The job that is sent each time. */
  job: z.record(z.string(), z.unknown()),
  enabled: z.boolean(),
  /** Null: never again, or not while it is disabled. */
  nextAt: z.number().nullable(),
  lastAt: z.number().nullable(),
  lastRunName: z.string().nullable(),
  lastError: z.string().nullable(),
  createdBy: z.string().nullable(),
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type Schedule = z.infer<typeof schedule>;

/** `nightly-20260501T083000Z`: the name of the run of a schedule at a time. */
export function runNameAt(schedule: string, at: Date): string {
  return `${schedule}-${at.toISOString().replace(/[-:]|\.\d+/g, "")}`;
}
