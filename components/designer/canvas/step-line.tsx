"use client";

import { Duration } from "#components/ui/relative-time.tsx";
import { statusTone, toneText } from "#components/ui/status.ts";
import { StatusIcon } from "#components/ui/status-icon.tsx";
import { formatDuration } from "#lib/core/duration.ts";
import type { StepView } from "../model/canvas-model.ts";
import { describeSettings } from "../model/describe-settings.ts";
import type { NodeState } from "../run/node-state.ts";

const going = ["running", "finalizing", "preparing"];

function Time({ state }: { state: NodeState }) {
  const tone = toneText[statusTone[state.kind]];
  if (going.includes(state.kind) && state.startedAt !== null)
    return (
      <span className={`${tone} flex-none`}>
        <Duration since={state.startedAt} />
      </span>
    );
  if (state.kind === "completed" && state.startedAt !== null && state.endedAt !== null)
    return (
      <span className={`${tone} flex-none tabular-nums`}>
        {formatDuration(state.endedAt - state.startedAt)}
      </span>
    );
  return <span className={`${tone} flex-none`}>{state.word}</span>;
}

/** The second line of a step: what is wrong with it, or how its last run went, or what it is set to. */
export function StepLine({
  view,
  state,
  fault,
  waitsFor,
}: {
  view: StepView;
  state: NodeState | undefined;
  fault: string | undefined;
  waitsFor: string | undefined;
}) {
  const isGoing = state !== undefined && (going.includes(state.kind) || state.kind === "queued");
  if (fault !== undefined && !isGoing)
    return (
      <>
        <StatusIcon kind="failed" size={14} label="Fault" />
        <span className="truncate text-failed" title={fault}>
          {fault}
        </span>
      </>
    );
  if (!state) return <span className="truncate">{describeSettings(view) || "Not run yet"}</span>;
  const note =
    state.kind === "failed"
      ? state.error
      : state.kind === "queued"
        ? waitsFor === undefined
          ? null
          : `Waits for ${waitsFor}`
        : (state.progressText ?? state.fact ?? describeSettings(view));
  return (
    <>
      <StatusIcon
        kind={state.kind}
        size={14}
        {...(state.progress === null ? {} : { progress: state.progress })}
      />
      <Time state={state} />
      {note ? (
        <span className={state.kind === "failed" ? "truncate text-failed" : "truncate"} title={note}>
          {note}
        </span>
      ) : null}
      {state.edited && !isGoing ? (
        <span className="flex-none text-warning">
          <span aria-hidden="true" className="pr-1 text-ink-3">
            ·
          </span>
          edited
        </span>
      ) : null}
    </>
  );
}
