"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Webhook } from "lucide-react";
import { useMemo } from "react";
import type { Column } from "#components/data-table/column.ts";
import { DataTable } from "#components/data-table/data-table.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Link, useNavigate } from "#components/ui/navigation.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { orpc } from "#lib/api/client.ts";
import type { PipelineEndpointSummary } from "#lib/pipeline-endpoints/model.ts";
import { pipelineEndpointHref, useLivePipelineEndpoints } from "./use-pipeline-endpoint.ts";

const keyOf = ({ name }: PipelineEndpointSummary) => name;

/** Published pipelines, newest first. */
export function PipelineEndpointsTab({ workspace }: { workspace: string }) {
  const navigate = useNavigate();
  useLivePipelineEndpoints(workspace);
  const list = useInfiniteQuery(
    orpc.pipelineEndpoints.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ workspace, limit: 100, ...(cursor ? { cursor } : {}) }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      placeholderData: keepPreviousData,
    }),
  );
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const columns = useMemo<Column<PipelineEndpointSummary>[]>(
    () => [
      {
        key: "name",
        label: "Name",
        width: 220,
        grow: 1,
        render: ({ name }) => (
          <Link href={pipelineEndpointHref(workspace, name)} className="truncate text-name hover:underline">
            {name}
          </Link>
        ),
      },
      {
        key: "description",
        label: "Description",
        width: 260,
        grow: 2,
        render: ({ description }) => description || "–",
      },
      { key: "default", label: "Default", width: 90, render: (row) => `v${row.defaultVersion}` },
      { key: "versions", label: "Versions", width: 90, align: "right", render: (row) => row.versionCount },
      { key: "by", label: "Published by", width: 140, render: ({ createdBy }) => createdBy?.name ?? "–" },
      {
        key: "updated",
        label: "Changed",
        width: 130,
        align: "right",
        render: ({ updatedAt }) => <RelativeTime at={updatedAt} />,
      },
    ],
    [workspace],
  );
  return (
    <DataTable
      label="Pipeline endpoints"
      rows={rows}
      columns={columns}
      rowKey={keyOf}
      keys
      onOpen={({ name }) => navigate.push(pipelineEndpointHref(workspace, name))}
      narrow={(row) => ({
        title: columns[0]?.render(row, 0),
        detail: `v${row.defaultVersion} of ${row.versionCount}`,
        aside: <RelativeTime at={row.updatedAt} />,
      })}
      total={null}
      hasMore={list.hasNextPage}
      loadingMore={list.isFetchingNextPage}
      onEndReached={() => void list.fetchNextPage()}
      loading={list.isPending}
      error={list.error}
      onRetry={() => void list.refetch()}
      empty={
        <EmptyState variant="plain" icon={<Webhook />} title="No pipeline is published yet">
          A published pipeline has an address and keys, by which programs start its runs. Publish one from its
          draft.
        </EmptyState>
      }
    />
  );
}
