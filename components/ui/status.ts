/** What is drawn: each kind has its own shape and colour. */
export type StatusKind =
  | "queued"
  | "preparing"
  | "running"
  | "finalizing"
  | "completed"
  | "reused"
  | "failed"
  | "canceled"
  | "warning"
  | "paused";

export type StatusTone = "queued" | "running" | "completed" | "reused" | "failed" | "warning";

export const statusTone: Record<StatusKind, StatusTone> = {
  queued: "queued",
  canceled: "queued",
  preparing: "running",
  running: "running",
  finalizing: "running",
  completed: "completed",
  reused: "reused",
  failed: "failed",
  warning: "warning",
  paused: "warning",
};

/** Class names are written out, so that the style sheet has them. */
export const toneText: Record<StatusTone, string> = {
  queued: "text-queued",
  running: "text-running",
  completed: "text-completed",
  reused: "text-reused",
  failed: "text-failed",
  warning: "text-warning",
};

export const toneTint: Record<StatusTone, string> = {
  queued: "bg-queued-tint",
  running: "bg-running-tint",
  completed: "bg-completed-tint",
  reused: "bg-reused-tint",
  failed: "bg-failed-tint",
  warning: "bg-warning-tint",
};

export const statusWord: Record<StatusKind, string> = {
  queued: "Queued",
  preparing: "Preparing",
  running: "Running",
  finalizing: "Finalizing",
  completed: "Completed",
  reused: "Reused",
  failed: "Failed",
  canceled: "Canceled",
  warning: "Warning",
  paused: "Paused",
};

const runStatuses: Record<string, { kind: StatusKind; word: string }> = {
  NotStarted: { kind: "queued", word: "Not started" },
  Queued: { kind: "queued", word: "Queued" },
  Starting: { kind: "preparing", word: "Starting" },
  Provisioning: { kind: "preparing", word: "Provisioning" },
  Preparing: { kind: "preparing", word: "Preparing" },
  Running: { kind: "running", word: "Running" },
  Finalizing: { kind: "finalizing", word: "Finalizing" },
  CancelRequested: { kind: "finalizing", word: "Canceling" },
  Completed: { kind: "completed", word: "Completed" },
  Failed: { kind: "failed", word: "Failed" },
  Canceled: { kind: "canceled", word: "Canceled" },
};

/** The icon and the word of a run's status. An unknown status is shown by its own name. */
export function describeRunStatus(status: string): { kind: StatusKind; word: string } {
  return runStatuses[status] ?? { kind: "queued", word: status };
}
