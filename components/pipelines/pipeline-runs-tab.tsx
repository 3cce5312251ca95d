"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { GitCompareArrows, ListTree } from "lucide-react";
import { useMemo, useState } from "react";
import { DataTable } from "#components/data-table/data-table.tsx";
import { fixedColumns } from "#components/runs/run-columns.tsx";
import { useLiveRuns } from "#components/runs/use-run.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { useNavigate } from "#components/ui/navigation.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { orpc } from "#lib/api/client.ts";
import type { RunSummary } from "#lib/runs/model.ts";

const shown = ["name", "status", "experiment", "duration", "by", "created"];
const keyOf = (run: RunSummary) => run.name;

interface PipelineRunsTabProps {
  workspace: string;
  /** Only these, in the search language. */
  filter?: string | undefined;
  /** Said while there are none. */
  empty?: string | undefined;
}

/** Runs of pipelines; two of them can be compared step by step. */
export function PipelineRunsTab({
  workspace,
  filter = "type = pipeline",
  empty = "A run of a pipeline shows its graph with the state, the log and the results of each step.",
}: PipelineRunsTabProps) {
  const [selection, setSelection] = useState<ReadonlySet<string>>(new Set());
  const navigate = useNavigate();
  useLiveRuns(workspace);
  const list = useInfiniteQuery(
    orpc.runs.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        workspace,
        filter,
        limit: 100,
        ...(cursor ? { cursor } : {}),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      placeholderData: keepPreviousData,
    }),
  );
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const columns = useMemo(() => fixedColumns(workspace), [workspace]);
  const [first, second] = [...selection];
  return (
    <DataTable
      label="Pipeline runs"
      rows={rows}
      columns={columns}
      visible={shown}
      rowKey={keyOf}
      keys
      onOpen={(run) => navigate.push(`/${workspace}/runs/${run.name}`)}
      narrow={(run) => ({
        title: columns[0]?.render(run, 0),
        detail: run.experimentName,
        aside: <RelativeTime at={run.createdAt} />,
      })}
      selection={selection}
      onSelectionChange={setSelection}
      bulkVerbs={
        <Button
          variant="on-dark"
          icon={<GitCompareArrows size={16} />}
          disabled={selection.size !== 2}
          onClick={() =>
            navigate.push(
              `/${workspace}/designer/compare?${new URLSearchParams({ runs: `${first},${second}` })}`,
            )
          }
        >
          Compare step by step
        </Button>
      }
      total={list.data?.pages[0]?.total ?? null}
      hasMore={list.hasNextPage}
      loadingMore={list.isFetchingNextPage}
      onEndReached={() => void list.fetchNextPage()}
      loading={list.isPending}
      error={list.error}
      onRetry={() => void list.refetch()}
      empty={
        <EmptyState variant="plain" icon={<ListTree />} title="No pipeline has run yet">
          {empty}
        </EmptyState>
      }
    />
  );
}
