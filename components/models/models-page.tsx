"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Boxes, Plus } from "lucide-react";
import { useMemo } from "react";
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
import type { ModelSummary } from "#lib/models/model.ts";
import { modelTypeWord } from "./model-words.ts";
import { RegisterDialog } from "./register-dialog.tsx";
import { useLiveModels } from "./use-model.ts";

const view = { q: text(), archived: flag(), new: flag() };

export function ModelsPage({ workspace, mayChange }: { workspace: string; mayChange: boolean }) {
  const [{ q, archived, new: adding }, setView] = useUrlState(view);
  const navigate = useNavigate();
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
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const total = list.data?.pages[0]?.total;
  const add = () => setView({ new: true });
  useShortcut(mayChange ? { keys: "n", label: "Register a model", group: "Models", run: add } : null);

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

  const button = (
    <Button variant="primary" icon={<Plus size={16} />} onClick={add}>
      Register model
    </Button>
  );
  return (
    <Page crumbs={[{ label: "Models" }]} body="fixed">
      <PageHeader
        title="Models"
        count={total === undefined ? undefined : formatCount(total)}
        verbs={mayChange ? button : undefined}
      />
      <div className="flex flex-wrap items-center gap-3 px-4 pb-3 sm:px-6">
        <SearchInput
          size="lg"
          className="max-w-80"
          label="Find a model"
          placeholder="Find a model"
          value={q}
          onValueChange={(value) => setView({ q: value })}
        />
        <Checkbox checked={archived} onCheckedChange={(value) => setView({ archived: value })}>
          Archived too
        </Checkbox>
      </div>
      <div className="flex min-h-0 flex-1 flex-col border-line border-t">
        <DataTable
          label="Models"
          rows={rows}
          columns={columns}
          rowKey={rowKey}
          keys
          onOpen={(row) => navigate.push(`/${workspace}/models/${encodeURIComponent(row.name)}`)}
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
                title={`No model has “${q}” in its name`}
                action={<Button onClick={() => setView({ q: "" })}>Show all</Button>}
              />
            ) : (
              <EmptyState
                variant="plain"
                icon={<Boxes />}
                title="No models yet"
                action={mayChange ? button : undefined}
              >
                A model is what a run learned, kept under a name with versions. Endpoints serve it.
              </EmptyState>
            )
          }
        />
      </div>
      {mayChange ? <VerbBar>{button}</VerbBar> : null}
      {adding && mayChange ? (
        <RegisterDialog workspace={workspace} onClose={() => setView({ new: false })} />
      ) : null}
    </Page>
  );
}

function rowKey(row: ModelSummary): string {
  return row.name;
}
