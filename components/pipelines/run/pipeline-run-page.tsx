"use client";

import {
  Archive,
  ArchiveRestore,
  CalendarClock,
  Ellipsis,
  GitCompareArrows,
  Pencil,
  RotateCw,
  Square,
  Trash2,
} from "lucide-react";
import { useState } from "react";
import { stringify } from "yaml";
import { InferenceMenu } from "#components/inference/inference-menu.tsx";
import { experimentHref } from "#components/runs/links.ts";
import { RunFacts } from "#components/runs/run-facts.tsx";
import { RunOutputs } from "#components/runs/run-outputs.tsx";
import { ScheduleDialog } from "#components/schedules/schedule-dialog.tsx";
import { Page } from "#components/shell/page.tsx";
import { useShortcut } from "#components/shell/shortcuts.ts";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { IdChip } from "#components/ui/copy-button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Menu } from "#components/ui/menu.tsx";
import { Link } from "#components/ui/navigation.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { RunStatusPill } from "#components/ui/pill.tsx";
import { Duration, RelativeTime } from "#components/ui/relative-time.tsx";
import { SkeletonText } from "#components/ui/skeleton.tsx";
import { SplitLayout } from "#components/ui/split-layout.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { oneOf } from "#components/ui/url-codec.ts";
import { useUrlState } from "#components/ui/use-url-state.ts";
import { VerbBar } from "#components/ui/verb-bar.tsx";
import type { RunDetails } from "#lib/runs/model.ts";
import { isTerminal } from "#lib/spec/statuses.ts";
import { GraphTab } from "./graph-tab.tsx";
import { countSteps, describeCounts } from "./step-words.ts";
import { StepsTable } from "./steps-table.tsx";
import { usePipelineActs } from "./use-pipeline-acts.ts";
import { useRunGraph } from "./use-run-graph.ts";

const view = { tab: oneOf(["graph", "steps", "outputs", "details"], "graph") };

/** The file as it was sent; of one whose parts lie in several files, all of them in one. */
function textOf({ specText, job }: RunDetails): string {
  return specText ?? stringify(job, { lineWidth: 0 });
}

export interface PipelineRunPageProps {
  workspace: string;
  run: RunDetails;
  mayChange: boolean;
  onRegister: () => void;
}

/** A run of a pipeline: its graph with the state of each step, its outputs, and what it was started with. */
export function PipelineRunPage({ workspace, run, mayChange, onRegister }: PipelineRunPageProps) {
  const [{ tab }] = useUrlState(view);
  const graph = useRunGraph(workspace, run.name);
  const acts = usePipelineActs(workspace, run);
  const [scheduling, setScheduling] = useState(false);
  const ended = isTerminal(run.status);
  const counts = graph.data ? countSteps(graph.data.nodes) : null;
  useShortcut(
    mayChange ? { keys: "r", label: "Run again", group: "Run", run: () => void acts.again() } : null,
  );
  const here = `/${workspace}/runs/${run.name}`;
  const cancel =
    mayChange && !ended ? (
      <Button
        variant="danger"
        icon={<Square size={16} />}
        busy={acts.busy === "cancel" || run.status === "CancelRequested"}
        onClick={() => void acts.cancel()}
      >
        {run.status === "CancelRequested" ? "Canceling" : "Cancel run"}
      </Button>
    ) : null;
  const retry =
    mayChange && ended && run.status !== "Completed" ? (
      <Button
        variant="primary"
        icon={<RotateCw size={16} />}
        busy={acts.busy === "retry"}
        onClick={() => void acts.retry()}
      >
        Run from what failed
      </Button>
    ) : null;
  const again = mayChange ? (
    <Button icon={<RotateCw size={16} />} busy={acts.busy === "again"} onClick={() => void acts.again()}>
      Run again
    </Button>
  ) : null;
  return (
    <Page
      crumbs={[
        { label: "Designer", href: `/${workspace}/designer?tab=runs` },
        { label: run.experimentName, href: experimentHref(workspace, run.experimentName) },
        { label: run.displayName },
      ]}
      body={tab === "graph" || tab === "steps" ? "fixed" : "scroll"}
    >
      <PageHeader
        title={run.displayName}
        status={<RunStatusPill status={run.status} />}
        marks={
          <>
            <IdChip text={run.name} label="Copy the run's name" />
            {run.archived ? <Tag tone="warning">archived</Tag> : null}
          </>
        }
        verbs={
          <>
            <ButtonLink
              icon={<GitCompareArrows size={16} />}
              href={`/${workspace}/designer/compare?${new URLSearchParams({ runs: run.name })}`}
            >
              Compare
            </ButtonLink>
            {mayChange ? (
              <Button
                icon={<Pencil size={16} />}
                busy={acts.busy === "edit"}
                onClick={() => void acts.edit()}
              >
                Edit as draft
              </Button>
            ) : null}
            {again}
            {mayChange && run.status === "Completed" ? (
              <InferenceMenu workspace={workspace} run={run.name} />
            ) : null}
            {retry}
            {cancel}
            {mayChange ? (
              <Menu
                align="end"
                trigger={<IconButton label="More" icon={<Ellipsis size={16} />} variant="default" />}
                items={[
                  {
                    label: "Schedule",
                    icon: <CalendarClock size={16} />,
                    onSelect: () => setScheduling(true),
                  },
                  run.archived
                    ? {
                        label: "Bring back",
                        icon: <ArchiveRestore size={16} />,
                        onSelect: () => void acts.setArchived(false),
                      }
                    : {
                        label: "Archive",
                        icon: <Archive size={16} />,
                        onSelect: () => void acts.setArchived(true),
                      },
                  ...(ended
                    ? [
                        {
                          label: "Delete",
                          icon: <Trash2 size={16} />,
                          danger: true,
                          onSelect: () => void acts.remove(),
                        },
                      ]
                    : []),
                ]}
              />
            ) : null}
          </>
        }
        facts={
          <>
            {counts ? <span className="tabular-nums">{describeCounts(counts)}</span> : null}
            {run.startedAt === null ? null : ended ? (
              <Duration ms={run.durationMs} />
            ) : (
              <Duration since={run.startedAt} />
            )}
            <span>
              {run.createdBy?.name ?? run.userName}, <RelativeTime at={run.createdAt} />
            </span>
            {run.parentName ? (
              <Link className="link" href={`/${workspace}/runs/${run.parentName}`}>
                Part of {run.parentName}
              </Link>
            ) : null}
          </>
        }
        tabs={
          <Tabs
            label="Parts of the run"
            current={tab}
            items={[
              { key: "graph", label: "Graph", href: here, live: !ended },
              { key: "steps", label: "Steps", href: `${here}?tab=steps`, count: counts?.total },
              ...(run.outputs.length > 0
                ? [{ key: "outputs", label: "Outputs", href: `${here}?tab=outputs` }]
                : []),
              { key: "details", label: "Details", href: `${here}?tab=details` },
            ]}
          />
        }
      />
      {run.error ? (
        <ErrorState
          className="mx-4 mt-4 sm:mx-6"
          title={run.error.message}
          details={`${run.error.code}\n${run.name}`}
        >
          {run.error.hint}
        </ErrorState>
      ) : null}
      {tab === "outputs" ? (
        <RunOutputs workspace={workspace} run={run} mayChange={mayChange} />
      ) : tab === "details" ? (
        <SplitLayout
          facts={<RunFacts workspace={workspace} run={run} mayChange={mayChange} onRegister={onRegister} />}
        >
          <CodeBlock code={textOf(run)} language="yaml" label="Pipeline file" />
        </SplitLayout>
      ) : graph.error ? (
        <ErrorState className="m-6" error={graph.error} onRetry={() => void graph.refetch()} />
      ) : !graph.data ? (
        <div className="p-6">
          <SkeletonText lines={5} />
        </div>
      ) : tab === "steps" ? (
        <StepsTable workspace={workspace} steps={graph.data.nodes} />
      ) : (
        <GraphTab
          workspace={workspace}
          graph={graph.data}
          mayChange={mayChange}
          onRetry={ended ? (step) => void acts.retry(step) : undefined}
        />
      )}
      {scheduling ? (
        <ScheduleDialog
          workspace={workspace}
          job={{ run: run.name }}
          title={run.displayName}
          onClose={() => setScheduling(false)}
        />
      ) : null}
      <VerbBar>
        {cancel}
        {retry}
        {again}
      </VerbBar>
    </Page>
  );
}
