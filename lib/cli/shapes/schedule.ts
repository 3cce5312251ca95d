import type { Schedule } from "#lib/schedules/model.ts";
import { creation, isoTime } from "./words.ts";

/** A schedule as `az ml schedule show` prints it; `next_run_time`, `last_run` and `last_error` are ours. */
export function showSchedule(schedule: Schedule): Record<string, unknown> {
  return {
    create_job: schedule.job,
    creation_context: creation(schedule.createdAt, schedule.createdBy),
    description: schedule.description,
    display_name: schedule.displayName,
    is_enabled: schedule.enabled,
    last_error: schedule.lastError,
    last_run: schedule.lastRunName,
    name: schedule.name,
    next_run_time: isoTime(schedule.nextAt),
    provisioning_state: "Succeeded",
    tags: schedule.tags,
    trigger: schedule.trigger,
  };
}
