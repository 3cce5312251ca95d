import { type RunStatus, runStatuses } from "#lib/spec/statuses.ts";

/**
 * The life of a run as a table: which status may follow which. Everything that changes a status asks it first, so a run
 * that has ended stays as it ended.
 */
const next: Record<RunStatus, readonly RunStatus[]> = {
  NotStarted: [
    "Starting",
    "Provisioning",
    "Preparing",
    "Queued",
    "Running",
    "CancelRequested",
    "Failed",
    "Canceled",
  ],
  Starting: ["Provisioning", "Preparing", "Queued", "Running", "CancelRequested", "Failed", "Canceled"],
  Provisioning: ["Preparing", "Queued", "Running", "CancelRequested", "Failed", "Canceled"],
  // The two may come in either order, and again after a try that the studio lost.
  Preparing: ["Queued", "Running", "Finalizing", "CancelRequested", "Failed", "Canceled"],
  Queued: ["Preparing", "Running", "CancelRequested", "Failed", "Canceled"],
  Running: ["Queued", "Finalizing", "CancelRequested", "Completed", "Failed", "Canceled"],
  Finalizing: ["Queued", "CancelRequested", "Completed", "Failed", "Canceled"],
  CancelRequested: ["Completed", "Failed", "Canceled"],
  Completed: [],
  Failed: [],
  Canceled: [],
};

export const terminalStatuses = ["Completed", "Failed", "Canceled"] as const satisfies readonly RunStatus[];
export type TerminalStatus = (typeof terminalStatuses)[number];

export const openStatuses: readonly RunStatus[] = runStatuses.filter((status) => next[status].length > 0);

export function canMove(from: RunStatus, to: RunStatus): boolean {
  return next[from].includes(to);
}

export function isEnded(status: RunStatus): status is TerminalStatus {
  return next[status].length === 0;
}

/** The statuses from which a run may come to `to`; for the `where` of an update. */
export function statusesBefore(to: RunStatus): RunStatus[] {
  return runStatuses.filter((status) => canMove(status, to));
}
