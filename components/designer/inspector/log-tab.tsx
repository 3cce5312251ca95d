"use client";

import { ExternalLink } from "lucide-react";
import { LogViewer } from "#components/log-viewer/log-viewer.tsx";
import { useLogStream } from "#components/runs/use-log-stream.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Notice } from "#components/ui/error-state.tsx";
import { useNodeState } from "../canvas/use-node-parts.ts";
import type { StepView } from "../model/canvas-model.ts";
import type { NodeState } from "../run/node-state.ts";
import { useDesigner } from "../session/designer.ts";

const ended: readonly NodeState["kind"][] = ["completed", "reused", "failed", "canceled"];

/** What the step printed in the run that the canvas shows. */
export function LogTab({ view }: { view: StepView }) {
  const { workspace } = useDesigner();
  const state = useNodeState(view.id);
  if (!state)
    return (
      <EmptyState variant="plain" title="No log yet">
        The log of the step's last run stands here.
      </EmptyState>
    );
  return (
    <div className="flex h-full min-h-64 flex-col gap-2">
      {state.error ? (
        <Notice tone="warning">
          {state.error} {state.hint}
        </Notice>
      ) : null}
      <StepLog
        key={state.runName}
        workspace={workspace}
        run={state.runName}
        title={view.title}
        ended={ended.includes(state.kind)}
      />
      <ButtonLink
        size="sm"
        icon={<ExternalLink size={12} />}
        href={`/${workspace}/runs/${state.runName}`}
        className="self-start"
      >
        Open the step's run
      </ButtonLink>
    </div>
  );
}

function StepLog({
  workspace,
  run,
  title,
  ended: isOver,
}: {
  workspace: string;
  run: string;
  title: string;
  ended: boolean;
}) {
  const { buffer, problem } = useLogStream(workspace, run, isOver);
  return (
    <>
      {problem ? <Notice tone="warning">{problem}</Notice> : null}
      <LogViewer
        label={`Log of ${title}`}
        title={<span className="text-label">Log</span>}
        buffer={buffer}
        live={!isOver}
        line={null}
        onLineChange={() => {}}
        linkTo={(line) => `/${workspace}/runs/${run}?tab=logs&line=${line}`}
        downloadHref={`/api/v1/workspaces/${workspace}/runs/${run}/log?download=1`}
        className="min-h-0 flex-1"
      />
    </>
  );
}
