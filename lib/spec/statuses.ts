/** The words of a run's life, in the order they come; `CancelRequested` may follow any that is not an end. */
export const runStatuses = [
  "NotStarted",
  "Starting",
  "Provisioning",
  "Preparing",
  "Queued",
  "Running",
  "Finalizing",
  "CancelRequested",
  "Completed",
  "Failed",
  "Canceled",
] as const;

export type RunStatus = (typeof runStatuses)[number];

export type MlflowStatus = "SCHEDULED" | "RUNNING" | "FINISHED" | "FAILED" | "KILLED";

/** Two words that other servers send count as ends as well, so that a client which waits for one stops. */
const terminal: ReadonlySet<string> = new Set(["Completed", "Failed", "Canceled", "NotResponding", "Paused"]);

const mlflow: Record<RunStatus, MlflowStatus> = {
  NotStarted: "SCHEDULED",
  Starting: "SCHEDULED",
  Provisioning: "SCHEDULED",
  Preparing: "SCHEDULED",
  Queued: "SCHEDULED",
  Running: "RUNNING",
  Finalizing: "RUNNING",
  CancelRequested: "RUNNING",
  Completed: "FINISHED",
  Failed: "FAILED",
  Canceled: "KILLED",
};

export function isRunStatus(text: string): text is RunStatus {
  return (runStatuses as readonly string[]).includes(text);
}

/** Whether nothing more will happen to a run with this status. */
export function isTerminal(status: string): boolean {
  return terminal.has(status);
}

/** The status that an MLflow client sees. */
export function toMlflowStatus(status: RunStatus): MlflowStatus {
  return mlflow[status];
}

/** The status of a run that an MLflow client keeps by itself. */
export function fromMlflowStatus(status: MlflowStatus): RunStatus {
  switch (status) {
    case "SCHEDULED":
      return "NotStarted";
    case "RUNNING":
      return "Running";
    case "FINISHED":
      return "Completed";
    case "FAILED":
      return "Failed";
    case "KILLED":
      return "Canceled";
  }
}
