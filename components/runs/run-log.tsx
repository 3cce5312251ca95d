"use client";

import { LogViewer } from "#components/log-viewer/log-viewer.tsx";
import { Notice } from "#components/ui/error-state.tsx";
import { integer } from "#components/ui/url-codec.ts";
import { useUrlState } from "#components/ui/use-url-state.ts";
import type { RunDetails } from "#lib/runs/model.ts";
import { isTerminal } from "#lib/spec/statuses.ts";
import { useLogStream } from "./use-log-stream.ts";

const view = { line: integer(0) };

export interface RunLogProps {
  workspace: string;
  run: RunDetails;
  className?: string | undefined;
}

/** What the command printed, as it prints it; a line can be linked to. */
export function RunLog({ workspace, run, className }: RunLogProps) {
  const [{ line }, setView] = useUrlState(view);
  const ended = isTerminal(run.status);
  const { buffer, problem } = useLogStream(workspace, run.name, ended);
  const path = `/api/v1/workspaces/${workspace}/runs/${run.name}`;
  return (
    <div className={className}>
      {problem ? <Notice tone="warning">{problem}</Notice> : null}
      <LogViewer
        label={`Log of ${run.displayName}`}
        title={<span className="text-section">Log</span>}
        buffer={buffer}
        live={!ended}
        line={line || null}
        onLineChange={(next) => setView({ line: next })}
        linkTo={(next) => `/${workspace}/runs/${run.name}?tab=logs&line=${next}`}
        downloadHref={`${path}/log?download=1`}
        className="h-full"
      />
    </div>
  );
}
