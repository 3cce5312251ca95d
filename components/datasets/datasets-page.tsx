"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Database } from "lucide-react";
import { useMemo, useState } from "react";
import type { Column } from "#components/data-table/column.ts";
import { NamedListPage } from "#components/named-list/named-list-page.tsx";
import { formatBytes, formatCount } from "#components/ui/format.ts";
import { Link } from "#components/ui/navigation.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { flag, text } from "#components/ui/url-codec.ts";
import { useUrlState } from "#components/ui/use-url-state.ts";
import { orpc } from "#lib/api/client.ts";
import type { DatasetSummary } from "#lib/datasets/model.ts";
import { UploadDialog } from "./upload-dialog.tsx";
import { useLiveDatasets } from "./use-dataset.ts";

const view = { q: text(), archived: flag(), new: flag() };

export function DatasetsPage({ workspace, mayChange }: { workspace: string; mayChange: boolean }) {
  const [{ q, archived, new: adding }, setView] = useUrlState(view);
  const [dropped, setDropped] = useState<File>();
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
  const add = () => setView({ new: true });

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

  return (
    <NamedListPage
      title="Data"
      one="a dataset"
      noun="dataset"
      list={list}
      columns={columns}
      rowKey={nameOf}
      hrefOf={(row) => `/${workspace}/data/${encodeURIComponent(row.name)}`}
      search={q}
      onSearch={(value) => setView({ q: value })}
      archived={{ shown: archived, onShow: (value) => setView({ archived: value }) }}
      add={mayChange ? { label: "Add data", run: add } : undefined}
      onDropFile={
        mayChange
          ? (file) => {
              setDropped(file);
              add();
            }
          : undefined
      }
      empty={{
        icon: <Database />,
        title: "No data yet",
        text: "A dataset is a file or folder with versions. Runs read it by name, and you see its rows and columns here.",
      }}
    >
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
    </NamedListPage>
  );
}

function nameOf(row: DatasetSummary): string {
  return row.name;
}
