"use client";

import { stringify } from "yaml";
import { Button } from "#components/ui/button.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { ErrorState, Notice } from "#components/ui/error-state.tsx";
import { SkeletonText } from "#components/ui/skeleton.tsx";
import type { Schedule } from "#lib/schedules/model.ts";
import { NextTimes } from "./next-times.tsx";
import { describeTrigger } from "./trigger-form.ts";
import { useNextTimes } from "./use-schedules.ts";

interface ScheduleDetailsProps {
  workspace: string;
  schedule: Schedule;
  onClose: () => void;
}

/** When a schedule starts its job, and what the job is. */
export function ScheduleDetails({ workspace, schedule, onClose }: ScheduleDetailsProps) {
  const { trigger, enabled, lastError } = schedule;
  const times = useNextTimes(workspace, trigger);
  const zone = typeof trigger.time_zone === "string" ? trigger.time_zone : "UTC";
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={schedule.displayName}
      description={describeTrigger(trigger)}
      width={680}
      footer={<Button onClick={onClose}>Close</Button>}
    >
      <div className="flex flex-col gap-4">
        {lastError ? <Notice tone="warning">{lastError}</Notice> : null}
        <section>
          <h3 className="mb-1 text-label text-ink-2">{enabled ? "Next times" : "Next times, were it on"}</h3>
          {times.error ? (
            <ErrorState error={times.error} onRetry={() => void times.refetch()} />
          ) : times.data ? (
            <NextTimes times={times.data.items} timeZone={zone} />
          ) : (
            <SkeletonText lines={3} />
          )}
        </section>
        <CodeBlock
          code={stringify(schedule.job, { lineWidth: 0 })}
          language="yaml"
          label="Job of the schedule"
          maxHeight={320}
        />
      </div>
    </Dialog>
  );
}
