"use client";

import { cn } from "#components/ui/cn.ts";
import { Duration } from "#components/ui/relative-time.tsx";
import { StatusIcon } from "#components/ui/status-icon.tsx";
import type { StepState } from "#lib/pipelines/model.ts";
import { isTerminal } from "#lib/spec/statuses.ts";
import { describeStep, inOrder, stepDurationMs } from "./step-words.ts";

export interface StepListProps {
  steps: readonly StepState[];
  selected: string | null;
  onSelect: (name: string) => void;
  className?: string | undefined;
}

/** The steps in the order they ran. */
export function StepList({ steps, selected, onSelect, className }: StepListProps) {
  return (
    <nav aria-label="Steps" className={cn("flex flex-col overflow-y-auto p-2", className)}>
      <ol className="flex flex-col">
        {inOrder(steps).map((step) => {
          const { kind, word } = describeStep(step);
          const current = step.name === selected;
          return (
            <li key={step.name}>
              <button
                type="button"
                aria-current={current ? "true" : undefined}
                onClick={() => onSelect(step.name)}
                className={cn(
                  "flex min-h-8 w-full items-center gap-2 rounded-control px-2 text-left hover:bg-hover max-sm:min-h-11",
                  current && "bg-active",
                )}
              >
                <StatusIcon kind={kind} size={14} label={word} progress={progressOf(step)} />
                <span className="min-w-0 flex-1 truncate text-body">{step.displayName}</span>
                <span className="flex-none text-secondary text-ink-3 tabular-nums">
                  <StepTime step={step} />
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function progressOf({ progress }: StepState): number | undefined {
  return progress?.of ? progress.done / progress.of : undefined;
}

/** What it took, or so far. */
export function StepTime({ step }: { step: StepState }) {
  if (step.startedAt !== null && !isTerminal(step.status)) return <Duration since={step.startedAt} />;
  const ms = stepDurationMs(step);
  return ms === null ? null : <Duration ms={ms} />;
}
