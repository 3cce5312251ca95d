/** Wrong tries for one e-mail address. */
export interface Attempts {
  failedCount: number;
  lastFailedAt: Date;
  blockedUntil: Date | null;
}

export const freeTries = 5;
const firstDelayMs = 30_000;
const longestDelayMs = 15 * 60_000;
const forgetAfterMs = 60 * 60_000;

/** How long to wait after so many wrong tries: nothing for the first four, then 30 s, doubling up to 15 minutes. */
export function delayAfter(failedCount: number): number {
  if (failedCount < freeTries) return 0;
  return Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(failedCount - freeTries, 20));
}

/** Milliseconds until the next try is heard. */
export function waitingTime(attempts: Attempts | undefined, now: Date): number {
  return Math.max(0, (attempts?.blockedUntil?.getTime() ?? 0) - now.getTime());
}

/** The count after one more wrong try; tries of more than an hour ago are forgotten. */
export function countWrongTry(attempts: Attempts | undefined, now: Date): Attempts {
  const isRecent = attempts && now.getTime() - attempts.lastFailedAt.getTime() < forgetAfterMs;
  const failedCount = (isRecent ? attempts.failedCount : 0) + 1;
  const delayMs = delayAfter(failedCount);
  return {
    failedCount,
    lastFailedAt: now,
    blockedUntil: delayMs > 0 ? new Date(now.getTime() + delayMs) : null,
  };
}

/** "30 seconds", "2 minutes". */
export function describeWait(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 90) return seconds === 1 ? "1 second" : `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
