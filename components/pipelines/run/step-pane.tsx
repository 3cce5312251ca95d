"use client";

import { useQuery } from "@tanstack/react-query";
import { ExternalLink, RotateCw, X } from "lucide-react";
import { useMemo } from "react";
import { LogViewer } from "#components/log-viewer/log-viewer.tsx";
import { isValue, OutputValues } from "#components/run-outputs/output-values.tsx";
import { MetricCharts } from "#components/runs/metric-charts.tsx";
import { useLogStream } from "#components/runs/use-log-stream.ts";
import { useRun } from "#components/runs/use-run.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Facts } from "#components/ui/facts.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Link } from "#components/ui/navigation.tsx";
import { StatusText } from "#components/ui/pill.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { SkeletonText } from "#components/ui/skeleton.tsx";
import { oneOf } from "#components/ui/url-codec.ts";
import { useUrlState } from "#components/ui/use-url-state.ts";
import { orpc } from "#lib/api/client.ts";
import type { Binding, GraphNode, StepState } from "#lib/pipelines/model.ts";
import type { RunDetails } from "#lib/runs/model.ts";
import { isTerminal } from "#lib/spec/statuses.ts";
import { describeBinding } from "./describe-binding.ts";
import { StepTime } from "./step-list.tsx";
import { StepOutput } from "./step-output.tsx";
import { describeStep } from "./step-words.ts";

const tabs = ["outputs", "log", "metrics", "settings"] as const;
const view = { part: oneOf(tabs, "outputs") };

export interface StepPaneProps {
  workspace: string;
  step: StepState;
  /** The node of the graph that it is a step of. */
  node: GraphNode | undefined;
  mayChange: boolean;
  onRetry: (() => void) | undefined;
  onClose: () => void;
}

/** One step of a pipeline run: what it wrote, its log, its metrics, what it was set to. */
export function StepPane({ workspace, step, node, mayChange, onRetry, onClose }: StepPaneProps) {
  const [{ part }, setView] = useUrlState(view);
  const run = useRun(workspace, step.runName);
  const { kind, word } = describeStep(step);
  return (
    <section aria-label={`Step ${step.displayName}`} className="flex min-h-0 flex-1 flex-col">
      <header className="flex flex-col gap-1.5 px-4 pt-3 pb-3">
        <div className="flex items-start gap-2">
          <h2 className="min-w-0 flex-1 text-dialog break-words">{step.displayName}</h2>
          <IconButton label="Close" icon={<X size={16} />} onClick={onClose} />
        </div>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-secondary text-ink-2">
          <StatusText kind={kind}>{word}</StatusText>
          <span className="tabular-nums">
            <StepTime step={step} />
          </span>
          {step.fact ? <span>{step.fact}</span> : null}
        </div>
        <div className="flex flex-wrap items-center gap-3 text-secondary">
          <Link className="link inline-flex items-center gap-1" href={`/${workspace}/runs/${step.runName}`}>
            <ExternalLink size={12} />
            Its run
          </Link>
          {step.reusedRunName ? (
            <Link className="link" href={`/${workspace}/runs/${step.reusedRunName}`}>
              Made by {step.reusedRunName}
            </Link>
          ) : null}
          {mayChange && onRetry ? (
            <Button size="sm" icon={<RotateCw size={14} />} onClick={onRetry}>
              {step.status === "Completed" ? "Run this step again" : "Retry this step"}
            </Button>
          ) : null}
        </div>
      </header>
      {step.error ? (
        <ErrorState className="mx-4 mb-3" title={step.error.message}>
          {step.error.hint}
        </ErrorState>
      ) : null}
      <div className="px-4 pb-3">
        <Segmented
          label="Part of the step"
          options={[
            { value: "outputs", label: "Outputs" },
            { value: "log", label: "Log" },
            { value: "metrics", label: "Metrics" },
            { value: "settings", label: "Settings" },
          ]}
          value={part}
          onValueChange={(value) => setView({ part: value })}
        />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto border-line border-t">
        {part === "settings" ? (
          <StepSettings workspace={workspace} step={step} node={node} />
        ) : run.error ? (
          <ErrorState className="m-4" error={run.error} onRetry={() => void run.refetch()} />
        ) : !run.data ? (
          <div className="p-4">
            <SkeletonText lines={4} />
          </div>
        ) : part === "log" ? (
          <StepLog
            workspace={workspace}
            run={step.reusedRunName ?? step.runName}
            ended={isTerminal(step.status)}
          />
        ) : part === "metrics" ? (
          <StepMetrics workspace={workspace} run={run.data} />
        ) : (
          <StepOutputs workspace={workspace} run={run.data} mayChange={mayChange} />
        )}
      </div>
    </section>
  );
}

/** A reused step has no log of its own: that of the run which made its results is shown. */
function StepLog({ workspace, run, ended }: { workspace: string; run: string; ended: boolean }) {
  return <Log key={run} workspace={workspace} run={run} ended={ended} />;
}

function Log({ workspace, run, ended }: { workspace: string; run: string; ended: boolean }) {
  const { buffer } = useLogStream(workspace, run, ended);
  return (
    <LogViewer
      label={`Log of ${run}`}
      buffer={buffer}
      live={!ended}
      linkTo={(line) => `/${workspace}/runs/${run}?tab=logs&line=${line}`}
      downloadHref={`/api/v1/workspaces/${workspace}/runs/${run}/log?download=1`}
      className="h-full min-h-80 rounded-none border-0"
    />
  );
}

function StepMetrics({ workspace, run }: { workspace: string; run: RunDetails }) {
  const runs = useMemo(() => [run], [run]);
  if (Object.keys(run.metrics).length === 0) {
    return <EmptyState variant="plain" title="This step logged no metrics" />;
  }
  return (
    <div className="p-4">
      <MetricCharts workspace={workspace} runs={runs} height={180} columns={1} />
    </div>
  );
}

function StepOutputs({
  workspace,
  run,
  mayChange,
}: {
  workspace: string;
  run: RunDetails;
  mayChange: boolean;
}) {
  const written = run.outputs.filter(({ available }) => available);
  if (written.length === 0) {
    return (
      <EmptyState
        variant="plain"
        title={isTerminal(run.status) ? "This step wrote nothing" : "Written when the step completes"}
      />
    );
  }
  const values = written.filter(isValue);
  const files = written.filter((port) => !isValue(port));
  return (
    <>
      {values.length > 0 ? <OutputValues ports={values} className="px-4" /> : null}
      <ul className="flex flex-col">
        {files.map((port) => (
          <li key={port.name} className="border-line border-b p-4">
            <StepOutput workspace={workspace} run={run.name} output={port.name} mayChange={mayChange} />
          </li>
        ))}
      </ul>
    </>
  );
}

function StepSettings({
  workspace,
  step,
  node,
}: {
  workspace: string;
  step: StepState;
  node: GraphNode | undefined;
}) {
  const run = useQuery(orpc.runs.get.queryOptions({ input: { workspace, run: step.runName } }));
  const inputs = Object.entries(node?.inputs ?? {});
  // What a step before it gave, once it did.
  const given = new Map(
    run.data?.inputs.map(({ name, type, value }) => [name, type === "literal" ? value : null]),
  );
  const words = (name: string, binding: Binding) => {
    const value = binding.kind === "output" ? given.get(name) : null;
    return `${describeBinding(binding)}${value ? `: ${value}` : ""}`;
  };
  const parameters = new Map(node?.component?.parameters.map((each) => [each.name, each.displayName]));
  const ports = new Map(node?.component?.inputs.map((each) => [each.name, each.displayName]));
  return (
    <div className="flex flex-col gap-5 p-4">
      <Facts
        items={[
          ...inputs.map(([name, binding]) => ({
            label: parameters.get(name) ?? ports.get(name) ?? name,
            value: <span className="break-words whitespace-pre-wrap">{words(name, binding)}</span>,
          })),
          {
            label: "Component",
            value: node ? <code className="text-code break-all">{node.ref}</code> : undefined,
          },
          { label: "Compute", value: run.data?.compute ?? undefined },
          { label: "Environment", value: run.data?.environment ?? undefined },
        ]}
      />
    </div>
  );
}
