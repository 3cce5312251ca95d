"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { DataTable } from "#components/data-table/data-table.tsx";
import { fixedColumns } from "#components/runs/run-columns.tsx";
import { useLiveRuns } from "#components/runs/use-run.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { useNavigate } from "#components/ui/navigation.tsx";
import { orpc } from "#lib/api/client.ts";
import type { EnvironmentVersion } from "#lib/environments/model.ts";

const shown = ["name", "status", "experiment", "duration", "compute", "by", "created"];

/** The runs that worked with this version, newest first. */
export function EnvironmentUses({ workspace, version }: { workspace: string; version: EnvironmentVersion }) {
  const navigate = useNavigate();
  useLiveRuns(workspace);
  const name = version.curated ? version.name : `${version.name}:${version.version}`;
  const runs = useInfiniteQuery(
    orpc.runs.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        workspace,
        limit: 50,
        children: "true",
        filter: `environment = "${name}"`,
        ...(cursor ? { cursor } : {}),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
  );
  const rows = useMemo(() => runs.data?.pages.flatMap((page) => page.items) ?? [], [runs.data]);
  const columns = useMemo(() => fixedColumns(workspace), [workspace]);
  return (
    <DataTable
      label={`Runs with ${name}`}
      rows={rows}
      columns={columns}
      visible={shown}
      rowKey={(run) => run.name}
      onOpen={(run) => navigate.push(`/${workspace}/runs/${run.name}`)}
      total={runs.data?.pages[0]?.total ?? null}
      hasMore={runs.hasNextPage}
      loadingMore={runs.isFetchingNextPage}
      onEndReached={() => void runs.fetchNextPage()}
      loading={runs.isPending}
      error={runs.error}
      onRetry={() => void runs.refetch()}
      empty={
        <EmptyState variant="plain" title="No run has used it yet">
          Name it as {name} in a job, or choose it under New run.
        </EmptyState>
      }
    />
  );
}
