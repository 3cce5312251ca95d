"use client";

import { ArrowRight } from "lucide-react";
import type { Column } from "#components/data-table/column.ts";
import { DataTable } from "#components/data-table/data-table.tsx";
import { useCurrentWorkspace } from "#components/studio-frame/workspace-context.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { formatCount, formatNumber, missing } from "#components/ui/format.ts";
import { Link, useNavigate } from "#components/ui/navigation.tsx";
import { Duration, RelativeTime } from "#components/ui/relative-time.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { describeRunStatus } from "#components/ui/status.ts";
import { StatusIcon } from "#components/ui/status-icon.tsx";
import { LiveDot } from "#components/ui/tabs.tsx";
import { oneOf } from "#components/ui/url-codec.ts";
import { useUrlState } from "#components/ui/use-url-state.ts";
import type { RunSummary } from "#lib/runs/model.ts";
import { isTerminal } from "#lib/spec/statuses.ts";
import { HomeSection } from "./home-section.tsx";
import { findMainMetric } from "./main-metric.ts";
import { SampleButton } from "./sample-button.tsx";
import { runTabs, useHomeRuns } from "./use-home.ts";

const codecs = { runs: oneOf(runTabs, "everyone") };
const tabWords = { everyone: "Everyone", mine: "Mine", attention: "Failed" };
const emptyWords = {
  everyone: "No runs yet",
  mine: "You have started no run here",
  attention: "No run has failed",
};

function columnsOf(workspace: string): Column<RunSummary>[] {
  return [
    {
      key: "name",
      label: "Name",
      width: 240,
      grow: 3,
      render: (run) => (
        <span className="flex min-w-0 items-center gap-2.5">
          <StatusIcon kind={describeRunStatus(run.status).kind} size={14} label />
          <Link
            href={`/${workspace}/runs/${run.name}`}
            className="max-w-[calc(100%-24px)] flex-none truncate text-name hover:underline"
          >
            {run.displayName}
          </Link>
          <span className="min-w-0 truncate text-secondary text-ink-3">{run.experimentName}</span>
        </span>
      ),
    },
    { key: "progress", label: "Progress", width: 110, grow: 2, render: (run) => <Progress run={run} /> },
    { key: "result", label: "Result", width: 120, align: "right", render: (run) => <Result run={run} /> },
    {
      key: "duration",
      label: "Duration",
      width: 80,
      align: "right",
      render: (run) =>
        run.startedAt !== null && !isTerminal(run.status) ? (
          <Duration since={run.startedAt} />
        ) : (
          <Duration ms={run.durationMs} />
        ),
    },
    {
      key: "by",
      label: "By",
      width: 46,
      render: (run) =>
        run.createdBy ? <Avatar person={run.createdBy} size={18} /> : <span>{run.userName || missing}</span>,
    },
    {
      key: "started",
      label: "Started",
      width: 100,
      align: "right",
      render: (run) => <RelativeTime at={run.createdAt} className="text-ink-3" />,
    },
  ];
}

function Progress({ run }: { run: RunSummary }) {
  if (run.error) {
    return (
      <span className="truncate text-failed" title={run.error.message}>
        {run.error.message}
      </span>
    );
  }
  return <span className="text-ink-2">{describeRunStatus(run.status).word}</span>;
}

function Result({ run }: { run: RunSummary }) {
  const metric = findMainMetric(run.metrics);
  if (!metric) return <span className="text-ink-3">{missing}</span>;
  return (
    <span className="truncate">
      <span className="text-secondary text-ink-3">{metric.key}</span> {formatNumber(metric.value)}
    </span>
  );
}

/** The newest runs, live. */
export function HomeRuns() {
  const { name, can } = useCurrentWorkspace();
  const [{ runs: tab }, setView] = useUrlState(codecs);
  const { data, error, isPending, refetch } = useHomeRuns(name, tab);
  const { push } = useNavigate();
  const rows = data?.items ?? [];
  return (
    <HomeSection
      title="Runs"
      tabs={
        <Segmented
          label="Which runs"
          value={tab}
          onValueChange={(runs) => setView({ runs })}
          options={runTabs.map((value) => ({ value, label: tabWords[value] }))}
        />
      }
      aside={
        <>
          {rows.some((run) => !isTerminal(run.status)) ? (
            <span className="flex items-center gap-1.5">
              <LiveDot /> Live
            </span>
          ) : null}
          <Link href={`/${name}/runs`} className="flex items-center gap-1 text-body text-ink hover:underline">
            All {data?.total === undefined ? "runs" : formatCount(data.total)} <ArrowRight size={14} />
          </Link>
        </>
      }
    >
      <div className="-mx-4 sm:-ml-6 sm:mr-0">
        <DataTable
          label="Newest runs"
          columns={columnsOf(name)}
          rows={rows}
          rowKey={(run) => run.name}
          rowHeight={36}
          mode="fit"
          showFoot={false}
          keys
          onOpen={(run) => push(`/${name}/runs/${run.name}`)}
          loading={isPending}
          error={error}
          onRetry={() => void refetch()}
          empty={
            <EmptyState
              variant="plain"
              title={emptyWords[tab]}
              action={tab === "everyone" && can("contributor") ? <SampleButton /> : undefined}
            />
          }
        />
      </div>
    </HomeSection>
  );
}
