"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Boxes } from "lucide-react";
import { useMemo } from "react";
import type { Column } from "#components/data-table/column.ts";
import { NamedListPage } from "#components/named-list/named-list-page.tsx";
import { formatBytes } from "#components/ui/format.ts";
import { Link } from "#components/ui/navigation.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { flag, text } from "#components/ui/url-codec.ts";
import { useUrlState } from "#components/ui/use-url-state.ts";
import { orpc } from "#lib/api/client.ts";
import type { ModelSummary } from "#lib/models/model.ts";
import { modelTypeWord } from "./model-words.ts";
import { RegisterDialog } from "./register-dialog.tsx";
import { useLiveModels } from "./use-model.ts";

const view = { q: text(), archived: flag(), new: flag() };

export function ModelsPage({ workspace, mayChange }: { workspace: string; mayChange: boolean }) {
  const [{ q, archived, new: adding }, setView] = useUrlState(view);
  useLiveModels(workspace);
  const list = useInfiniteQuery(
    orpc.models.list.infiniteOptions({
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

  const columns = useMemo<Column<ModelSummary>[]>(
    () => [
      {
        key: "name",
        label: "Name",
        width: 240,
        grow: 2,
        render: (row) => (
          <span className="flex min-w-0 items-center gap-2">
            <Link
              href={`/${workspace}/models/${encodeURIComponent(row.name)}`}
              className="truncate text-name hover:underline"
            >
              {row.name}
            </Link>
            {row.latest ? (
              <span className="flex-none text-secondary text-ink-3">v{row.latest.version}</span>
            ) : null}
            {row.latest?.labels.map((label) => (
              <Tag key={label} tone="accent">
                {label}
              </Tag>
            ))}
            {row.archived ? <Tag>archived</Tag> : null}
          </span>
        ),
      },
      {
        key: "type",
        label: "Type",
        width: 120,
        render: (row) => (row.latest ? modelTypeWord(row.latest.type) : "–"),
      },
      {
        key: "stage",
        label: "Stage",
        width: 110,
        render: (row) => (row.stage && row.stage !== "None" ? row.stage : "–"),
      },
      {
        key: "run",
        label: "From run",
        width: 190,
        grow: 1,
        render: (row) =>
          row.latest?.runName ? (
            <Link className="link" href={`/${workspace}/runs/${row.latest.runName}`}>
              {row.latest.runName}
            </Link>
          ) : (
            "–"
          ),
      },
      {
        key: "size",
        label: "Size",
        width: 100,
        align: "right",
        render: (row) => (row.latest?.sizeBytes == null ? "–" : formatBytes(row.latest.sizeBytes)),
      },
      { key: "versions", label: "Versions", width: 90, align: "right", render: (row) => row.versionCount },
      { key: "by", label: "Registered by", width: 140, render: (row) => row.latest?.createdBy ?? "–" },
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
      title="Models"
      one="a model"
      noun="model"
      list={list}
      columns={columns}
      rowKey={nameOf}
      hrefOf={(row) => `/${workspace}/models/${encodeURIComponent(row.name)}`}
      search={q}
      onSearch={(value) => setView({ q: value })}
      archived={{ shown: archived, onShow: (value) => setView({ archived: value }) }}
      add={mayChange ? { label: "Register model", run: add } : undefined}
      empty={{
        icon: <Boxes />,
        title: "No models yet",
        text: "A model is what a run learned, kept under a name with versions. Endpoints serve it.",
      }}
    >
      {adding && mayChange ? (
        <RegisterDialog workspace={workspace} onClose={() => setView({ new: false })} />
      ) : null}
    </NamedListPage>
  );
}

function nameOf(row: ModelSummary): string {
  return row.name;
}
