"use client";

import { PhaseTimeline, type Phase as ShownPhase } from "#components/ui/phase-timeline.tsx";
import type { StatusKind } from "#components/ui/status.ts";
import type { RunDetails } from "#lib/runs/model.ts";
import { type Phase, type PhaseName, phasesOf } from "#lib/runs/phases.ts";
import { useRunEvents } from "./use-run.ts";

const liveKinds: Record<PhaseName, StatusKind> = {
  Queued: "queued",
  Preparing: "preparing",
  Running: "running",
  Finalizing: "finalizing",
};

function kindOf(phase: Phase): StatusKind {
  switch (phase.state) {
    case "done":
      return "completed";
    case "current":
      return liveKinds[phase.name];
    case "failed":
      return "failed";
    case "canceled":
      return "canceled";
    default:
      return "queued";
  }
}

function show(phase: Phase, told: string | undefined): ShownPhase {
  const { startedAt, endedAt } = phase;
  return {
    key: phase.name.toLowerCase(),
    word: phase.name,
    kind: kindOf(phase),
    reason: isWorthTelling(phase, told) ? phase.note : undefined,
    ...(phase.state === "current" ? { since: startedAt, progress: null } : {}),
    ...(startedAt !== null && endedAt !== null ? { durationMs: endedAt - startedAt } : {}),
  };
}

/** What a phase that is over said matters where it was long or went wrong, and the page does not say it (`told`) already. */
function isWorthTelling({ state, name, note }: Phase, told: string | undefined): boolean {
  if (note === "" || note === told) return false;
  return state !== "done" || name === "Preparing";
}

/** Where the run is and what each phase took. */
export function RunPhases({ workspace, run }: { workspace: string; run: RunDetails }) {
  const { data } = useRunEvents(workspace, run.name);
  return (
    <PhaseTimeline phases={phasesOf(data?.items ?? []).map((phase) => show(phase, run.error?.message))} />
  );
}
