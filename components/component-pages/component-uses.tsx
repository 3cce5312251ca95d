"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Column } from "#components/data-table/column.ts";
import { DataTable } from "#components/data-table/data-table.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Link } from "#components/ui/navigation.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { orpc } from "#lib/api/client.ts";
import type { ComponentUse } from "#lib/components/model.ts";
import { componentHref } from "./component-words.ts";

const words = { run: "Run", draft: "Draft", component: "Component" } as const;

function hrefOfUse(workspace: string, use: ComponentUse): string {
  if (use.kind === "run") return `/${workspace}/runs/${use.name}`;
  if (use.kind === "draft") return `/${workspace}/designer/${use.name}`;
  return componentHref(workspace, use.name.split(":")[0] ?? use.name);
}

/** Pipelines, drafts and runs with a step of this component. */
export function ComponentUses({ workspace, name }: { workspace: string; name: string }) {
  const list = useInfiniteQuery(
    orpc.components.uses.infiniteOptions({
      input: (cursor: string | undefined) => ({
        workspace,
        component: name,
        limit: 100,
        ...(cursor ? { cursor } : {}),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
  );
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const columns = useMemo<Column<ComponentUse>[]>(
    () => [
      {
        key: "name",
        label: "Used by",
        width: 260,
        grow: 1,
        render: (row) => (
          <Link href={hrefOfUse(workspace, row)} className="truncate text-name hover:underline">
            {row.displayName}
          </Link>
        ),
      },
      { key: "kind", label: "Kind", width: 110, render: (row) => words[row.kind] },
      {
        key: "version",
        label: "Version",
        width: 100,
        render: (row) => (row.version === null ? "–" : `v${row.version}`),
      },
      { key: "nodes", label: "Steps", width: 260, grow: 1, render: (row) => row.nodes.join(", ") || "–" },
      { key: "at", label: "When", width: 120, align: "right", render: (row) => <RelativeTime at={row.at} /> },
    ],
    [workspace],
  );
  return (
    <DataTable
      label="Uses"
      rows={rows}
      columns={columns}
      rowKey={(row) => `${row.kind}/${row.name}`}
      mode="fill"
      total={list.data?.pages[0]?.total ?? null}
      hasMore={list.hasNextPage}
      loadingMore={list.isFetchingNextPage}
      onEndReached={() => void list.fetchNextPage()}
      loading={list.isPending}
      error={list.error}
      onRetry={() => void list.refetch()}
      empty={
        <EmptyState variant="plain" title="Nothing uses it yet">
          Pipelines, drafts and runs with a step of this component are listed here.
        </EmptyState>
      }
    />
  );
}
