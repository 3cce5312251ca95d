"use client";

import {
  Archive,
  ArchiveRestore,
  Boxes,
  Copy,
  Ellipsis,
  GitCompareArrows,
  Pencil,
  RotateCw,
  Square,
  Trash2,
} from "lucide-react";
import { useState } from "react";
import { RegisterDialog } from "#components/models/register-dialog.tsx";
import { PipelineRunPage } from "#components/pipelines/run/pipeline-run-page.tsx";
import { Page } from "#components/shell/page.tsx";
import { useShortcut } from "#components/shell/shortcuts.ts";
import { UnloadedPage } from "#components/studio-frame/unloaded-page.tsx";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { IdChip } from "#components/ui/copy-button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Menu, type MenuEntry } from "#components/ui/menu.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { RunStatusPill } from "#components/ui/pill.tsx";
import { SplitLayout } from "#components/ui/split-layout.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { oneOf } from "#components/ui/url-codec.ts";
import { useUrlState } from "#components/ui/use-url-state.ts";
import { VerbBar } from "#components/ui/verb-bar.tsx";
import type { RunDetails } from "#lib/runs/model.ts";
import { isTerminal } from "#lib/spec/statuses.ts";
import { experimentHref } from "./links.ts";
import { RenameRun } from "./rename-run.tsx";
import { RunCode } from "./run-code.tsx";
import { RunFacts } from "./run-facts.tsx";
import { RunFailure } from "./run-failure.tsx";
import { RunLog } from "./run-log.tsx";
import { RunMetrics } from "./run-metrics.tsx";
import { RunNotices } from "./run-notices.tsx";
import { RunOutputs } from "./run-outputs.tsx";
import { RunOverview } from "./run-overview.tsx";
import { type RunTab, runTabs, tabKeys } from "./run-page-tabs.ts";
import { RunPhases } from "./run-phases.tsx";
import { RunUsage } from "./run-usage.tsx";
import { useRun } from "./use-run.ts";
import { useRunActs } from "./use-run-acts.ts";

const view = { tab: oneOf(tabKeys, "overview") };

export interface RunPageProps {
  workspace: string;
  name: string;
  mayChange: boolean;
}

export function RunPage({ workspace, name, mayChange }: RunPageProps) {
  const [{ tab }] = useUrlState(view);
  const { data: run, error, refetch } = useRun(workspace, name);
  const crumbs = [
    { label: "Runs", href: `/${workspace}/runs` },
    ...(run ? [{ label: run.experimentName, href: experimentHref(workspace, run.experimentName) }] : []),
    ...(run?.parentName ? [{ label: run.parentName, href: `/${workspace}/runs/${run.parentName}` }] : []),
    { label: run?.displayName ?? name },
  ];
  if (!run) {
    return <UnloadedPage {...{ crumbs, name, error }} noun="run" onRetry={() => void refetch()} />;
  }
  if (run.type === "pipeline")
    return <LoadedPipeline workspace={workspace} run={run} mayChange={mayChange} />;
  return <LoadedRun workspace={workspace} run={run} tab={tab} mayChange={mayChange} crumbs={crumbs} />;
}

function LoadedPipeline({
  workspace,
  run,
  mayChange,
}: {
  workspace: string;
  run: RunDetails;
  mayChange: boolean;
}) {
  const [registering, setRegistering] = useState(false);
  return (
    <>
      <PipelineRunPage
        workspace={workspace}
        run={run}
        mayChange={mayChange}
        onRegister={() => setRegistering(true)}
      />
      {registering ? (
        <RegisterDialog workspace={workspace} run={run} onClose={() => setRegistering(false)} />
      ) : null}
    </>
  );
}

interface LoadedRunProps {
  workspace: string;
  run: RunDetails;
  tab: RunTab;
  mayChange: boolean;
  crumbs: { label: string; href?: string }[];
}

function LoadedRun({ workspace, run, tab, mayChange, crumbs }: LoadedRunProps) {
  const [registering, setRegistering] = useState(false);
  const [renaming, setRenaming] = useState(false);
  const acts = useRunActs(workspace, run, `/${workspace}/runs`);
  const busy = acts.busy !== null;
  const ended = isTerminal(run.status);
  const isStudio = run.origin === "studio";
  // The step of a pipeline is started and ended by its pipeline.
  const isStep = isStudio && run.parentName !== null;

  useShortcut(
    mayChange && isStudio && !isStep
      ? { keys: "r", label: "Run again", group: "Run", run: () => void acts.again() }
      : null,
  );

  const here = `/${workspace}/runs/${run.name}`;
  const cancel =
    mayChange && isStudio && !ended ? (
      <Button
        variant="danger"
        icon={<Square size={16} />}
        busy={busy || run.status === "CancelRequested"}
        onClick={() => void acts.cancel()}
      >
        {run.status === "CancelRequested" ? "Canceling" : "Cancel run"}
      </Button>
    ) : null;
  const again =
    mayChange && isStudio && !isStep ? (
      <Button icon={<RotateCw size={16} />} busy={busy && ended} onClick={() => void acts.again()}>
        Run again
      </Button>
    ) : null;
  const more: MenuEntry[] = [
    ...(isStudio && !isStep
      ? [
          {
            label: "Clone and edit",
            icon: <Copy size={16} />,
            href: `/${workspace}/runs/new?from=${run.name}`,
          },
        ]
      : []),
    { label: "Rename", icon: <Pencil size={16} />, onSelect: () => setRenaming(true) },
    ...(ended
      ? [{ label: "Register model", icon: <Boxes size={16} />, onSelect: () => setRegistering(true) }]
      : []),
    run.archived
      ? {
          label: "Bring back",
          icon: <ArchiveRestore size={16} />,
          onSelect: () => void acts.setArchived(false),
        }
      : { label: "Archive", icon: <Archive size={16} />, onSelect: () => void acts.setArchived(true) },
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
  ];
  return (
    <Page crumbs={crumbs} body={tab === "logs" ? "fixed" : "scroll"}>
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
              href={`/${workspace}/runs/compare?runs=${run.name}`}
            >
              Compare
            </ButtonLink>
            {again}
            {cancel}
            {mayChange ? (
              <Menu
                align="end"
                trigger={<IconButton label="More" icon={<Ellipsis size={16} />} variant="default" />}
                items={more}
              />
            ) : null}
          </>
        }
        tabs={<Tabs label="Parts of the run" items={runTabs(run, here)} current={tab} />}
      >
        {isStudio ? <RunPhases workspace={workspace} run={run} /> : null}
      </PageHeader>
      <RunNotices
        workspace={workspace}
        run={run}
        onRestore={mayChange ? () => void acts.restore() : undefined}
      />
      {run.error ? (
        <RunFailure
          run={run}
          mayChange={mayChange && !isStep}
          onRerun={(memory) => void acts.again(memory)}
        />
      ) : null}
      {tab === "logs" ? (
        <RunLog workspace={workspace} run={run} className="min-h-0 flex-1 p-4 sm:px-6" />
      ) : tab === "metrics" ? (
        <RunMetrics workspace={workspace} run={run} />
      ) : tab === "outputs" ? (
        <RunOutputs workspace={workspace} run={run} mayChange={mayChange} />
      ) : tab === "code" ? (
        <RunCode workspace={workspace} run={run} />
      ) : tab === "monitoring" ? (
        <RunUsage workspace={workspace} run={run} large />
      ) : (
        <SplitLayout
          facts={
            <RunFacts
              workspace={workspace}
              run={run}
              mayChange={mayChange}
              onRegister={() => setRegistering(true)}
            />
          }
        >
          <RunOverview workspace={workspace} run={run} />
        </SplitLayout>
      )}
      <VerbBar>
        {cancel}
        {again}
      </VerbBar>
      {renaming ? <RenameRun workspace={workspace} run={run} onClose={() => setRenaming(false)} /> : null}
      {registering ? (
        <RegisterDialog workspace={workspace} run={run} onClose={() => setRegistering(false)} />
      ) : null}
    </Page>
  );
}
