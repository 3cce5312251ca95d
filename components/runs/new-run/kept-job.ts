import { z } from "zod";

const keptJob = z.object({
  text: z.string(),
  code: z.object({ digest: z.string(), fileCount: z.number(), sizeBytes: z.number() }).nullable(),
});

/** A job that was edited and not started yet. */
export type KeptJob = z.infer<typeof keptJob>;

/** What the page began with tells one kept job from another; leaving for the sign-in page and coming back does not. */
export function keptJobKey(workspace: string, start: readonly string[]): string {
  return `new-run ${[workspace, ...start].join(" ")}`;
}

/** The job that this tab keeps, or null. */
export function findKeptJob(storage: Pick<Storage, "getItem">, key: string): KeptJob | null {
  const stored = storage.getItem(key);
  if (stored === null) return null;
  try {
    return keptJob.parse(JSON.parse(stored));
  } catch {
    return null;
  }
}

/** Keeps a job for this tab; null forgets it. A browser that keeps nothing is no reason to stop. */
export function keepJob(
  storage: Pick<Storage, "setItem" | "removeItem">,
  key: string,
  job: KeptJob | null,
): void {
  try {
    if (job === null) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify(job));
  } catch {
    // Full, or forbidden.
  }
}
