"use client";

import { useMutation } from "@tanstack/react-query";
import { Square } from "lucide-react";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { Duration } from "#components/ui/relative-time.tsx";
import { describeRunStatus } from "#components/ui/status.ts";
import { StatusIcon } from "#components/ui/status-icon.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { orpc } from "#lib/api/client.ts";
import { formatDuration } from "#lib/core/duration.ts";
import { isTerminal } from "#lib/spec/statuses.ts";
import { useDesigner } from "../session/designer.ts";
import { useStore } from "../session/store.ts";

/** How the run goes, at the top left of the canvas. */
export function RunStrip() {
  const designer = useDesigner();
  const { workspace } = designer;
  const run = useStore(designer.run, (now) => now);
  const toast = useToast();
  const stop = useMutation(
    orpc.runs.cancel.mutationOptions({
      onError: (error) => toast({ title: "The run goes on", detail: error.message, kind: "failed" }),
    }),
  );
  if (!run) return null;
  const { kind, word } = describeRunStatus(run.status);
  const done = run.nodes.filter(({ status }) => status === "Completed").length;
  const reused = run.nodes.filter(
    ({ status, reusedRunName }) => status === "Completed" && reusedRunName !== null,
  ).length;
  const starts = run.nodes.flatMap(({ startedAt }) => startedAt ?? []);
  const ends = run.nodes.flatMap(({ endedAt }) => endedAt ?? []);
  const since = starts.length > 0 ? Math.min(...starts) : null;
  const over = isTerminal(run.status);
  const took = over && since !== null && ends.length > 0 ? Math.max(0, Math.max(...ends) - since) : null;
  return (
    <div className="pointer-events-auto flex h-8 items-center gap-2 rounded-card bg-raised pr-1 pl-2.5 text-body shadow-2">
      <StatusIcon kind={kind} size={14} label={word} />
      <span className="text-name">{over ? word : "Running"}</span>
      <span className="whitespace-nowrap text-ink-2 tabular-nums">
        {done} of {run.nodes.length} steps{reused > 0 ? `, ${reused} reused` : ""}
      </span>
      {took !== null ? (
        <span className="whitespace-nowrap text-ink-2 tabular-nums">{formatDuration(took)}</span>
      ) : since !== null && !over ? (
        <span className="text-ink-2 tabular-nums">
          <Duration since={since} />
        </span>
      ) : null}
      <ButtonLink variant="quiet" size="sm" href={`/${workspace}/runs/${run.run}`}>
        Open
      </ButtonLink>
      {over || !designer.mayEdit ? null : (
        <Button
          variant="quiet"
          size="sm"
          busy={stop.isPending}
          icon={<Square size={12} />}
          onClick={() => stop.mutate({ workspace, run: run.run })}
          className="text-failed"
        >
          {stop.isPending ? "Stopping" : "Stop"}
        </Button>
      )}
    </div>
  );
}
