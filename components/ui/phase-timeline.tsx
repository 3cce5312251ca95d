import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import { Duration } from "./relative-time.tsx";
import { type StatusKind, statusTone, toneText } from "./status.ts";
import { StatusIcon } from "./status-icon.tsx";

export interface Phase {
  key: string;
  /** "Queued", "Running, stopped at tree 812 of 2,000". */
  word: string;
  /** `queued` for one that has not begun. */
  kind: StatusKind;
  /** "image cached", "186 of 300 trees, about 2:34 left". */
  reason?: ReactNode;
  durationMs?: number | null | undefined;
  /** While it lasts: from when, in UTC milliseconds. */
  since?: number | null | undefined;
  /** From 0 to 1, of a phase that lasts or failed. */
  progress?: number | null | undefined;
  /** Its share of the width; the running phase is wide by default. */
  weight?: number | undefined;
}

const bars: Record<ReturnType<typeof toneOf>, string> = {
  queued: "bg-active",
  running: "bg-running",
  completed: "bg-completed",
  reused: "bg-reused",
  failed: "hatched-failed",
  warning: "bg-warning",
};

function toneOf(kind: StatusKind) {
  return statusTone[kind];
}

function shareOf(phase: Phase): number {
  const tone = toneOf(phase.kind);
  if (tone === "completed" || tone === "reused") return 1;
  if (tone === "queued") return 0;
  return phase.progress ?? 1;
}

const wide = 6.5;

/** A phase that lasts and says why needs room for it: people look here for what a run waits for. */
function weightOf(phase: Phase): number {
  if (phase.since != null && phase.reason !== undefined) return wide;
  return phase.weight ?? (phase.key === "running" ? wide : phase.key === "preparing" ? 1.8 : 1);
}

/** One bar per phase of a run; a live one fills, a failed one is hatched. */
export function PhaseTimeline({ phases, label = "Phases" }: { phases: readonly Phase[]; label?: string }) {
  return (
    <ol aria-label={label} className="flex gap-1">
      {phases.map((phase) => {
        const tone = toneOf(phase.kind);
        const unknown = tone === "running" && (phase.progress === undefined || phase.progress === null);
        const begun = phase.since != null || phase.durationMs != null;
        return (
          <li
            key={phase.key}
            style={{ flexGrow: weightOf(phase), flexBasis: 0 }}
            className="min-w-[76px] max-sm:overflow-hidden sm:min-w-max"
          >
            <div className="h-1.5 overflow-hidden rounded-[2px] bg-active">
              <div
                className={cn("h-full", bars[tone], unknown && "breathe")}
                style={{ width: `${shareOf(phase) * 100}%` }}
              />
            </div>
            <div className="mt-1.5 flex flex-wrap items-center gap-x-1.5 text-secondary sm:flex-nowrap">
              <StatusIcon kind={phase.kind} size={12} progress={phase.progress ?? undefined} />
              <span
                className={cn(
                  "min-w-0 truncate max-sm:flex-1 sm:flex-none",
                  phase.since != null && "sm:shrink-0",
                  tone === "running" || tone === "failed"
                    ? toneText[tone]
                    : begun
                      ? "text-ink-2"
                      : "text-ink-3",
                )}
              >
                {phase.word}
              </span>
              {phase.reason === undefined ? null : (
                <span
                  title={typeof phase.reason === "string" ? phase.reason : undefined}
                  className={cn(
                    "min-w-0 shrink-1000 truncate text-ink-3",
                    phase.since == null
                      ? "max-sm:hidden"
                      : "max-sm:order-last max-sm:w-full max-sm:whitespace-normal",
                  )}
                >
                  {phase.reason}
                </span>
              )}
              <Duration
                ms={phase.durationMs}
                since={phase.since}
                className={cn(
                  "ml-auto shrink-0 whitespace-nowrap pr-1 max-sm:ml-0 max-sm:w-full max-sm:pl-4.5",
                  begun ? "font-medium text-ink" : "text-ink-3",
                )}
              />
            </div>
          </li>
        );
      })}
    </ol>
  );
}
