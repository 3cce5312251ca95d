"use client";

import { BusyRing, Button } from "#components/ui/button.tsx";
import { plural } from "#components/ui/format.ts";
import { Duration } from "#components/ui/relative-time.tsx";
import type { PreviewProgress } from "#lib/designer/model.ts";
import { useDesigner } from "../session/designer.ts";

/** What a preview waits for, in words. */
export function describeWaiting(
  progress: PreviewProgress | null | undefined,
  titleOf: (node: string) => string,
): string {
  if (!progress) return "Asking";
  const { phase, ahead, node, step, steps, detail } = progress;
  if (phase === "queued")
    return ahead > 0 ? `Queued behind ${plural(ahead, "other preview")}` : "Waiting for the runner";
  if (phase === "starting") return "Starting the worker";
  if (steps === 0) return "Computing on a sample";
  const place = steps > 1 ? `, step ${step} of ${steps}` : "";
  return `Computing ${titleOf(node)}${place}${detail ? `: ${detail}` : ""}`;
}

/** Instead of what is not there yet: what it waits for, since when, and a way out. */
export function PreviewWaiting({
  progress,
  onStop,
}: {
  progress: PreviewProgress | null | undefined;
  onStop: () => void;
}) {
  const { model, mayEdit } = useDesigner();
  const titleOf = (node: string) => model.get().byId.get(node)?.title ?? node;
  return (
    <div className="show-late flex flex-col gap-1 px-3 py-3 text-secondary text-ink-2">
      <div className="flex items-center gap-2">
        <BusyRing />
        <span role="status" className="min-w-0 flex-1">
          {describeWaiting(progress, titleOf)}
        </span>
        {progress ? (
          <span className="text-ink-3 tabular-nums">
            <Duration since={progress.since} />
          </span>
        ) : null}
        {mayEdit && progress ? (
          <Button size="sm" variant="quiet" onClick={onStop}>
            Cancel
          </Button>
        ) : null}
      </div>
      {progress?.phase === "starting" ? (
        <p className="text-ink-3">
          The first time, what the modules run in is built, which takes a minute or two. It stays warm then.
        </p>
      ) : null}
    </div>
  );
}
