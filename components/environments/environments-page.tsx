"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Container, Plus } from "lucide-react";
import { useMemo } from "react";
import type { Column } from "#components/data-table/column.ts";
import { DataTable } from "#components/data-table/data-table.tsx";
import { Page } from "#components/shell/page.tsx";
import { useShortcut } from "#components/shell/shortcuts.ts";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { formatCount } from "#components/ui/format.ts";
import { SearchInput } from "#components/ui/input.tsx";
import { Link, useNavigate } from "#components/ui/navigation.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { flag, text } from "#components/ui/url-codec.ts";
import { useUrlState } from "#components/ui/use-url-state.ts";
import { VerbBar } from "#components/ui/verb-bar.tsx";
import { orpc } from "#lib/api/client.ts";
import type { EnvironmentSummary } from "#lib/environments/model.ts";
import { definitionWords } from "./environment-words.ts";
import { NewEnvironmentDialog } from "./new-environment-dialog.tsx";
import { useLiveEnvironments } from "./use-environments.ts";

const view = { q: text(), archived: flag(), new: flag() };

function kindOf(row: EnvironmentSummary): string {
  const type = row.latest?.type;
  return definitionWords[type as keyof typeof definitionWords] ?? type ?? "–";
}

/** Environments: those that come with the studio first, then the workspace's own. */
export function EnvironmentsPage({ workspace, mayChange }: { workspace: string; mayChange: boolean }) {
  const [{ q, archived, new: adding }, setView] = useUrlState(view);
  const navigate = useNavigate();
  useLiveEnvironments(workspace);
  const list = useInfiniteQuery(
    orpc.environments.list.infiniteOptions({
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
  useShortcut(mayChange ? { keys: "n", label: "New environment", group: "Environments", run: add } : null);
  const hrefOf = (name: string) => `/${workspace}/environments/${encodeURIComponent(name)}`;

  const columns = useMemo<Column<EnvironmentSummary>[]>(
    () => [
      {
        key: "name",
        label: "Name",
        width: 240,
        grow: 1,
        render: (row) => (
          <span className="flex min-w-0 items-center gap-2">
            <Link
              href={`/${workspace}/environments/${encodeURIComponent(row.name)}`}
              className="truncate text-name hover:underline"
            >
              {row.name}
            </Link>
            {row.curated ? <Tag tone="accent">curated</Tag> : null}
            {row.archived ? <Tag tone="warning">archived</Tag> : null}
          </span>
        ),
      },
      { key: "kind", label: "Made of", width: 120, render: kindOf },
      {
        key: "description",
        label: "Description",
        width: 200,
        grow: 2,
        render: (row) => <span className="truncate text-ink-2">{row.description || "–"}</span>,
      },
      {
        key: "version",
        label: "Newest",
        width: 90,
        align: "right",
        render: (row) => `v${row.latest?.version ?? "–"}`,
      },
      { key: "versions", label: "Versions", width: 90, align: "right", render: (row) => row.versionCount },
      {
        key: "by",
        label: "Made by",
        width: 140,
        render: (row) => (row.curated ? "The studio" : (row.latest?.createdBy ?? "–")),
      },
      {
        key: "updated",
        label: "Changed",
        width: 120,
        align: "right",
        render: (row) => (row.curated ? "–" : <RelativeTime at={row.updatedAt} />),
      },
    ],
    [workspace],
  );
  const newButton = (
    <Button variant="primary" icon={<Plus size={16} />} onClick={add}>
      New environment
    </Button>
  );
  return (
    <Page crumbs={[{ label: "Environments" }]} body="fixed">
      <PageHeader
        title="Environments"
        count={total === undefined ? undefined : formatCount(total)}
        verbs={mayChange ? newButton : undefined}
      />
      <div className="flex flex-wrap items-center gap-3 px-4 pb-3 sm:px-6">
        <SearchInput
          size="lg"
          className="max-w-80"
          label="Find an environment"
          placeholder="Find an environment"
          value={q}
          onValueChange={(value) => setView({ q: value })}
        />
        <Checkbox checked={archived} onCheckedChange={(value) => setView({ archived: value })}>
          Archived too
        </Checkbox>
      </div>
      <div className="flex min-h-0 flex-1 flex-col border-line border-t">
        <DataTable
          label="Environments"
          rows={rows}
          columns={columns}
          rowKey={(row) => `${row.curated ? "curated " : ""}${row.name}`}
          keys
          onOpen={(row) => navigate.push(hrefOf(row.name))}
          narrow={(row) => ({
            title: columns[0]?.render(row, 0),
            detail: `${kindOf(row)}${row.description ? `, ${row.description}` : ""}`,
            aside: `v${row.latest?.version ?? "–"}`,
          })}
          total={total ?? null}
          hasMore={list.hasNextPage}
          loadingMore={list.isFetchingNextPage}
          onEndReached={() => void list.fetchNextPage()}
          loading={list.isPending}
          error={list.error}
          onRetry={() => void list.refetch()}
          empty={
            <EmptyState
              variant="plain"
              icon={<Container />}
              title={q ? `No environment has “${q}” in its name` : "No environments"}
              action={q ? <Button onClick={() => setView({ q: "" })}>Show all</Button> : undefined}
            >
              An environment is the packages, or the image, that a run works with.
            </EmptyState>
          }
        />
      </div>
      {mayChange ? <VerbBar>{newButton}</VerbBar> : null}
      {adding && mayChange ? (
        <NewEnvironmentDialog workspace={workspace} onClose={() => setView({ new: false })} />
      ) : null}
    </Page>
  );
}
