"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Database, Plus } from "lucide-react";
import { useMemo, useState } from "react";
import type { Column } from "#components/data-table/column.ts";
import { DataTable } from "#components/data-table/data-table.tsx";
import { Page } from "#components/shell/page.tsx";
import { useShortcut } from "#components/shell/shortcuts.ts";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { formatBytes, formatCount } from "#components/ui/format.ts";
import { SearchInput } from "#components/ui/input.tsx";
import { Link, useNavigate } from "#components/ui/navigation.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { flag, text } from "#components/ui/url-codec.ts";
import { useUrlState } from "#components/ui/use-url-state.ts";
import { VerbBar } from "#components/ui/verb-bar.tsx";
import { orpc } from "#lib/api/client.ts";
import type { DatasetSummary } from "#lib/datasets/model.ts";
import { UploadDialog } from "./upload-dialog.tsx";
import { useLiveDatasets } from "./use-dataset.ts";

const view = { q: text(), archived: flag(), new: flag() };

export function DatasetsPage({ workspace, mayChange }: { workspace: string; mayChange: boolean }) {
  const [{ q, archived, new: adding }, setView] = useUrlState(view);
  const [dropped, setDropped] = useState<File>();
  const navigate = useNavigate();
  useLiveDatasets(workspace);
  const list = useInfiniteQuery(
    orpc.datasets.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        workspace,
        limit: 100,
        archived: archived ? "true" : "false",
        ...(q ? { search: q } : {}),
        ...(cursor ? { cursor } : {}),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      placeholderData: keepPreviousData,
    }),
  );
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const total = list.data?.pages[0]?.total;
  const add = () => setView({ new: true });
  useShortcut(mayChange ? { keys: "n", label: "Bring in data", group: "Data", run: add } : null);

  const columns = useMemo<Column<DatasetSummary>[]>(
    () => [
      {
        key: "name",
        label: "Name",
        width: 240,
        grow: 2,
        render: (row) => (
          <span className="flex min-w-0 items-center gap-2">
            <Link
              href={`/${workspace}/data/${encodeURIComponent(row.name)}`}
              className="truncate text-name hover:underline"
            >
              {row.name}
            </Link>
            {row.latest ? (
              <span className="flex-none text-secondary text-ink-3">v{row.latest.version}</span>
            ) : null}
            {row.archived ? <Tag>archived</Tag> : null}
          </span>
        ),
      },
      {
        key: "type",
        label: "Type",
        width: 110,
        render: (row) => (row.table ? "Table" : row.latest?.type === "uri_file" ? "File" : "Folder"),
      },
      {
        key: "rows",
        label: "Rows",
        width: 110,
        align: "right",
        render: (row) => (row.table ? formatCount(row.table.rowCount) : "–"),
      },
      {
        key: "columns",
        label: "Columns",
        width: 90,
        align: "right",
        render: (row) => row.table?.columnCount ?? "–",
      },
      {
        key: "size",
        label: "Size",
        width: 100,
        align: "right",
        render: (row) => (row.latest?.sizeBytes == null ? "–" : formatBytes(row.latest.sizeBytes)),
      },
      { key: "versions", label: "Versions", width: 90, align: "right", render: (row) => row.versionCount },
      { key: "by", label: "Added by", width: 140, render: (row) => row.latest?.createdBy ?? "–" },
      {
        key: "updated",
        label: "Changed",
        width: 120,
        align: "right",
        render: (row) => <RelativeTime at={row.updatedAt} />,
      },
    ],
    [workspace],
  );

  const newButton = (
    <Button variant="primary" icon={<Plus size={16} />} onClick={add}>
      Add data
    </Button>
  );
  return (
    <Page crumbs={[{ label: "Data" }]} body="fixed">
      <PageHeader
        title="Data"
        count={total === undefined ? undefined : formatCount(total)}
        verbs={mayChange ? newButton : undefined}
      />
      <div className="flex flex-wrap items-center gap-3 px-4 pb-3 sm:px-6">
        <SearchInput
          size="lg"
          className="max-w-80"
          label="Find a dataset"
          placeholder="Find a dataset"
          value={q}
          onValueChange={(value) => setView({ q: value })}
        />
        <Checkbox checked={archived} onCheckedChange={(value) => setView({ archived: value })}>
          Archived too
        </Checkbox>
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping a file is an extra; the button does the same */}
      <div
        className="flex min-h-0 flex-1 flex-col border-line border-t"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          const file = event.dataTransfer.files[0];
          if (!file || !mayChange) return;
          setDropped(file);
          add();
        }}
      >
        <DataTable
          label="Datasets"
          rows={rows}
          columns={columns}
          rowKey={(row) => row.name}
          keys
          onOpen={(row) => navigate.push(`/${workspace}/data/${encodeURIComponent(row.name)}`)}
          total={total ?? null}
          hasMore={list.hasNextPage}
          loadingMore={list.isFetchingNextPage}
          onEndReached={() => void list.fetchNextPage()}
          loading={list.isPending}
          error={list.error}
          onRetry={() => void list.refetch()}
          empty={
            q ? (
              <EmptyState
                variant="plain"
                title={`No dataset has “${q}” in its name`}
                action={<Button onClick={() => setView({ q: "" })}>Show all</Button>}
              />
            ) : (
              <EmptyState
                variant="plain"
                icon={<Database />}
                title="No data yet"
                action={mayChange ? newButton : undefined}
              >
                A dataset is a file or folder with versions. Runs read it by name, and you see its rows and
                columns here.
              </EmptyState>
            )
          }
        />
      </div>
      {mayChange ? <VerbBar>{newButton}</VerbBar> : null}
      {adding && mayChange ? (
        <UploadDialog
          workspace={workspace}
          open
          file={dropped}
          onOpenChange={(open) => {
            if (open) return;
            setDropped(undefined);
            setView({ new: false });
          }}
        />
      ) : null}
    </Page>
  );
}
