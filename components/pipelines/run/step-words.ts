import { describeRunStatus, type StatusKind } from "#components/ui/status.ts";
import type { StepState } from "#lib/pipelines/model.ts";

/** The icon and the word of a step: reused stands in place of completed. */
export function describeStep(step: StepState): { kind: StatusKind; word: string } {
  if (step.reusedRunName !== null && step.status === "Completed") return { kind: "reused", word: "Reused" };
  return describeRunStatus(step.status);
}

/** What a step took, in milliseconds; of a reused one nothing, of an open one null. */
export function stepDurationMs(step: StepState): number | null {
  if (step.reusedRunName !== null || step.startedAt === null || step.endedAt === null) return null;
  return step.endedAt - step.startedAt;
}

const doneStatuses: readonly string[] = ["Completed", "Failed", "Canceled"];

export interface StepCounts {
  total: number;
  /** Ended, however. */
  ended: number;
  reused: number;
  failed: number;
}

export function countSteps(steps: readonly StepState[]): StepCounts {
  return {
    total: steps.length,
    ended: steps.filter(({ status }) => doneStatuses.includes(status)).length,
    reused: steps.filter(({ reusedRunName }) => reusedRunName !== null).length,
    failed: steps.filter(({ status }) => status === "Failed").length,
  };
}

/** "9 steps, 3 reused", "5 of 9 steps, 1 failed". */
export function describeCounts({ total, ended, reused, failed }: StepCounts): string {
  const steps = ended === total ? `${total} ${total === 1 ? "step" : "steps"}` : `${ended} of ${total} steps`;
  return [steps, reused > 0 ? `${reused} reused` : "", failed > 0 ? `${failed} failed` : ""]
    .filter(Boolean)
    .join(", ");
}

/** In the order they began; those that wait come last, as in the graph. */
export function inOrder(steps: readonly StepState[]): StepState[] {
  return steps
    .map((step, index) => ({ step, index }))
    .sort((a, b) => {
      const [x, y] = [a.step.startedAt, b.step.startedAt];
      return (x ?? Number.POSITIVE_INFINITY) - (y ?? Number.POSITIVE_INFINITY) || a.index - b.index;
    })
    .map(({ step }) => step);
}
