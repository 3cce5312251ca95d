import { type RunStatus, runStatuses } from "#lib/spec/statuses.ts";
import type { RunEvent } from "./model.ts";

/** The four phases that people see; the statuses of a run are finer. */
export const phaseNames = ["Queued", "Preparing", "Running", "Finalizing"] as const;
export type PhaseName = (typeof phaseNames)[number];

export interface Phase {
  name: PhaseName;
  /** `skipped`: the run ended before it came to this. */
  state: "waiting" | "current" | "done" | "failed" | "canceled" | "skipped";
  /** UTC milliseconds. */
  startedAt: number | null;
  endedAt: number | null;
  /** The last thing that was said in it: "image cached", "2 runs are ahead". */
  note: string;
}

const phaseOf: Partial<Record<RunStatus, PhaseName>> = {
  NotStarted: "Queued",
  Starting: "Queued",
  Provisioning: "Queued",
  Queued: "Queued",
  Preparing: "Preparing",
  Running: "Running",
  Finalizing: "Finalizing",
};

const endStates: Partial<Record<RunStatus, Phase["state"]>> = {
  Completed: "done",
  Failed: "failed",
  Canceled: "canceled",
};

/**
 * The phase timeline from the history of a run, oldest event first. A run that was tried again shows its last try. A
 * failure is shown at the phase that the event blames (`data.phase`), since outputs are also saved of a failed command.
 */
export function phasesOf(events: readonly RunEvent[]): Phase[] {
  const phases = phaseNames.map(
    (name): Phase => ({ name, state: "waiting", startedAt: null, endedAt: null, note: "" }),
  );
  const find = (name: unknown) => phases.find((phase) => phase.name === name);
  let current: Phase | undefined;
  for (const event of events) {
    const status = runStatuses.find((word) => word === event.event);
    if (event.event === "note" && current && event.reason) current.note = event.reason;
    if (!status) continue;
    const end = endStates[status];
    if (end) {
      if (current) Object.assign(current, { state: "done", endedAt: event.at });
      const blamed = find(event.data.phase) ?? current;
      if (blamed) blamed.state = end;
      if (blamed && end === "failed" && event.reason) blamed.note = event.reason;
      for (const phase of phases) if (phase.state === "waiting") phase.state = "skipped";
      continue;
    }
    const entered = find(phaseOf[status]);
    if (!entered) continue;
    if (entered === current) {
      if (event.reason) current.note = event.reason;
      continue;
    }
    if (current) Object.assign(current, { state: "done", endedAt: event.at });
    const index = phases.indexOf(entered);
    for (const later of phases.slice(index + 1)) {
      Object.assign(later, { state: "waiting", startedAt: null, endedAt: null, note: "" });
    }
    Object.assign(entered, { state: "current", startedAt: event.at, endedAt: null, note: event.reason });
    current = entered;
  }
  return phases;
}
