import { runArtifactsPrefix } from "#lib/files/keys.ts";

/** The log of the attempt that counts, among the run's files. */
export const userLogPath = "user_logs/std_log.txt";

/** The outcome of an attempt that another one followed. */
export const retriedOutcome = "retried";

interface LogOwner {
  workspaceId: string;
  runName: string;
  attempt: { id: string; number: number; outcome: string | null };
}

/** Where the log of an ended attempt is in the store. */
export function logKey({ workspaceId, runName, attempt }: LogOwner): string {
  const path =
    attempt.outcome === retriedOutcome ? `system_logs/attempt_${attempt.number}/std_log.txt` : userLogPath;
  return runArtifactsPrefix(workspaceId, runName) + path;
}

/** When the parts of that log were written: JSON of `[offset, time]` pairs. */
export function logMarksKey({ workspaceId, runName, attempt }: LogOwner): string {
  return `${workspaceId}/runs/${runName}/log-marks/${attempt.id}.json`;
}
