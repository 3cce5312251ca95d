import type { PipelinePlan } from "#lib/pipelines/model.ts";
import { isEnded, type TerminalStatus } from "#lib/runs/state.ts";
import type { RunStatus } from "#lib/spec/statuses.ts";

/** A step as the database has it. */
export interface StepView {
  status: RunStatus;
  /** Its attempt, if one is open: it waits for a slot, or a runner has it. */
  attempt: "queued" | "claimed" | null;
}

export interface Decision {
  /** Everything they need is there, and nobody has taken them up. */
  ready: string[];
  /** Will never run, and why. */
  dropped: { name: string; reason: string }[];
  /** Under way although the pipeline is to end. */
  stop: string[];
  /** How the pipeline ended, when it has. */
  end: { status: TerminalStatus; culprit: string | null } | null;
}

export interface PipelineView {
  plan: { nodes: readonly Pick<PipelinePlan["nodes"][number], "name" | "needs">[] } & {
    settings: Pick<PipelinePlan["settings"], "continueOnStepFailure" | "onFinalize">;
  };
  cancelRequested: boolean;
  steps: ReadonlyMap<string, StepView>;
}

/**
 * What follows from the state of the steps of a pipeline. Without `continue_on_step_failure` nothing new starts after a
 * failure, and steps under way come to their end, since their results can be reused. With it only what needs the failed
 * step is left out. The last step (`on_finalize`) waits for the end of all others, whatever it is.
 */
export function decide({ plan, cancelRequested, steps }: PipelineView): Decision {
  const decision: Decision = { ready: [], dropped: [], stop: [], end: null };
  const failed = plan.nodes.find(({ name }) => steps.get(name)?.status === "Failed");
  const broken = failed ?? plan.nodes.find(({ name }) => steps.get(name)?.status === "Canceled");
  const halted = broken !== undefined && !plan.settings.continueOnStepFailure;
  const why = cancelRequested
    ? "The pipeline was canceled."
    : `Not run, since the step “${broken?.name ?? ""}” ${failed ? "failed" : "was canceled"}.`;
  const completed = new Set<string>();
  const lost = new Map<string, string>();
  let open = 0;
  const last = plan.settings.onFinalize;
  // The last step needs all others, so it comes last here too.
  for (const { name, needs } of plan.nodes) {
    const step = steps.get(name);
    if (!step) continue;
    if (isEnded(step.status)) {
      if (step.status === "Completed") completed.add(name);
      else lost.set(name, name);
      continue;
    }
    const cause = name === last ? undefined : needs.flatMap((need) => lost.get(need) ?? []).at(0);
    // Somebody canceled this step alone, and no runner has it.
    const canceled = step.status === "CancelRequested";
    const stopped = halted && name !== last;
    const drop = cancelRequested || stopped || canceled || cause !== undefined;
    if (step.attempt !== "claimed" && drop) {
      const reason = reasonOf({ cancelRequested, halted: stopped, canceled, why, cause });
      decision.dropped.push({ name, reason });
      lost.set(name, cause ?? name);
      continue;
    }
    const mayStart = name === last ? open === 0 : needs.every((need) => completed.has(need));
    open += 1;
    if (cancelRequested) decision.stop.push(name);
    else if (step.attempt === null && mayStart) decision.ready.push(name);
  }
  if (open === 0) decision.end = endOf(cancelRequested, failed?.name, lost.keys().next().value);
  return decision;
}

function reasonOf(of: {
  cancelRequested: boolean;
  halted: boolean;
  canceled: boolean;
  why: string;
  cause: string | undefined;
}): string {
  if (of.cancelRequested || of.halted) return of.why;
  return of.canceled ? "The step was canceled." : `Not run, since it needs “${of.cause}”.`;
}

function endOf(
  cancelRequested: boolean,
  failed: string | undefined,
  canceled: string | undefined,
): Decision["end"] {
  if (cancelRequested) return { status: "Canceled", culprit: null };
  if (failed !== undefined) return { status: "Failed", culprit: failed };
  if (canceled !== undefined) return { status: "Canceled", culprit: canceled };
  return { status: "Completed", culprit: null };
}
