"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Copy, Ellipsis, Pencil, Trash2, Workflow } from "lucide-react";
import { useMemo, useState } from "react";
import type { Column, Sort } from "#components/data-table/column.ts";
import { DataTable } from "#components/data-table/data-table.tsx";
import { Avatar } from "#components/ui/avatar.tsx";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { SearchInput } from "#components/ui/input.tsx";
import { Menu } from "#components/ui/menu.tsx";
import { Link, useNavigate } from "#components/ui/navigation.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { describeRunStatus } from "#components/ui/status.ts";
import { StatusIcon } from "#components/ui/status-icon.tsx";
import { flag, oneOf, text } from "#components/ui/url-codec.ts";
import { useUrlState } from "#components/ui/use-url-state.ts";
import { orpc } from "#lib/api/client.ts";
import { type DraftSummary, draftSorts } from "#lib/designer/model.ts";
import { type DraftAct, DraftDialogs } from "./draft-dialogs.tsx";
import { SampleGallery } from "./sample-gallery.tsx";
import { draftHref, useLiveDrafts } from "./use-drafts.ts";

const lastChanged: Sort = { key: "updated", direction: "desc" };
const view = {
  q: text(),
  mine: flag(),
  sort: oneOf(draftSorts, "updated"),
  order: oneOf(["asc", "desc"], "desc"),
};

interface DraftsTabProps {
  workspace: string;
  mayChange: boolean;
  newButton: React.ReactNode;
}

/** Pipelines that are being drawn, the last changed first unless a head was clicked. */
export function DraftsTab({ workspace, mayChange, newButton }: DraftsTabProps) {
  const [{ q, mine, sort, order }, setView] = useUrlState(view);
  const [act, setAct] = useState<DraftAct | null>(null);
  const navigate = useNavigate();
  useLiveDrafts(workspace);
  const list = useInfiniteQuery(
    orpc.designer.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        workspace,
        limit: 100,
        sort,
        order,
        ...(q ? { search: q } : {}),
        ...(mine ? { mine: "true" } : {}),
        ...(cursor ? { cursor } : {}),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      placeholderData: keepPreviousData,
    }),
  );
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const total = list.data?.pages[0]?.total ?? null;
  const columns = useMemo(() => draftColumns(workspace, mayChange, setAct), [workspace, mayChange]);
  const filtered = q !== "" || mine;

  if (list.data && rows.length === 0 && !filtered) {
    return (
      <div className="flex flex-col gap-6 overflow-y-auto p-4 sm:p-6">
        <EmptyState icon={<Workflow />} title="No drafts yet" action={mayChange ? newButton : undefined}>
          A draft is a pipeline that is being drawn: modules and steps of your own, joined by what flows
          between them.
        </EmptyState>
        <section aria-labelledby="start-from-a-sample">
          <h2 id="start-from-a-sample" className="mb-3 text-section">
            Start from a sample
          </h2>
          <SampleGallery workspace={workspace} mayChange={mayChange} />
        </section>
      </div>
    );
  }
  return (
    <>
      <div className="flex flex-wrap items-center gap-3 px-4 py-3 sm:px-6">
        <SearchInput
          size="lg"
          className="max-w-80"
          label="Find a draft"
          placeholder="Find a draft"
          value={q}
          onValueChange={(value) => setView({ q: value })}
        />
        <Checkbox checked={mine} onCheckedChange={(value) => setView({ mine: value })}>
          Mine only
        </Checkbox>
      </div>
      <div className="flex min-h-0 flex-1 flex-col border-line border-t">
        <DataTable
          label="Drafts"
          rows={rows}
          columns={columns}
          rowKey={(row) => row.id}
          keys
          sort={{ key: sort, direction: order }}
          onSortChange={(next) => {
            const { key, direction } = next ?? lastChanged;
            setView({ sort: draftSorts.find((one) => one === key) ?? "updated", order: direction });
          }}
          onOpen={(row) => navigate.push(draftHref(workspace, row.id))}
          narrow={(row) => ({
            title: <DraftLink workspace={workspace} draft={row} />,
            detail: `${row.nodeCount} steps`,
            aside: <RelativeTime at={row.updatedAt} />,
          })}
          total={total}
          hasMore={list.hasNextPage}
          loadingMore={list.isFetchingNextPage}
          onEndReached={() => void list.fetchNextPage()}
          loading={list.isPending}
          error={list.error}
          onRetry={() => void list.refetch()}
          empty={
            <EmptyState
              variant="plain"
              title={q ? `No draft has “${q}” in its name` : "No drafts of yours"}
              action={<Button onClick={() => setView({ q: "", mine: false })}>Show all</Button>}
            />
          }
        />
      </div>
      {act ? <DraftDialogs workspace={workspace} act={act} onClose={() => setAct(null)} /> : null}
    </>
  );
}

function DraftLink({ workspace, draft }: { workspace: string; draft: DraftSummary }) {
  return (
    <Link href={draftHref(workspace, draft.id)} className="truncate text-name hover:underline">
      {draft.name}
    </Link>
  );
}

function draftColumns(
  workspace: string,
  mayChange: boolean,
  onAct: (act: DraftAct) => void,
): Column<DraftSummary>[] {
  const columns: Column<DraftSummary>[] = [
    {
      key: "name",
      label: "Name",
      sortable: true,
      width: 240,
      grow: 2,
      render: (row) => <DraftLink workspace={workspace} draft={row} />,
    },
    { key: "steps", label: "Steps", width: 80, align: "right", render: (row) => row.nodeCount },
    { key: "version", label: "Saved versions", width: 120, align: "right", render: (row) => row.version },
    {
      key: "run",
      label: "Last run",
      width: 200,
      grow: 1,
      render: ({ lastRun }) => {
        if (!lastRun) return "–";
        const { kind } = describeRunStatus(lastRun.status);
        return (
          <span className="flex min-w-0 items-center gap-2">
            <StatusIcon kind={kind} size={14} label />
            <Link href={`/${workspace}/runs/${lastRun.name}`} className="link truncate">
              {lastRun.name}
            </Link>
          </span>
        );
      },
    },
    {
      key: "by",
      label: "Owner",
      width: 140,
      render: ({ createdBy }) =>
        createdBy ? (
          <span className="flex min-w-0 items-center gap-1.5">
            <Avatar person={createdBy} size={20} />
            <span className="truncate">{createdBy.name}</span>
          </span>
        ) : (
          "–"
        ),
    },
    {
      key: "created",
      label: "Created",
      width: 110,
      align: "right",
      sortable: true,
      render: ({ createdAt }) => <RelativeTime at={createdAt} />,
    },
    {
      key: "updated",
      label: "Changed",
      width: 110,
      sortable: true,
      align: "right",
      render: ({ updatedAt, updatedBy }) => (
        <span title={updatedBy ? `by ${updatedBy.name}` : undefined}>
          <RelativeTime at={updatedAt} />
        </span>
      ),
    },
  ];
  if (!mayChange) return columns;
  return [
    ...columns,
    {
      key: "verbs",
      label: "Verbs",
      labelHidden: true,
      width: 48,
      align: "right",
      render: (draft) => (
        <Menu
          align="end"
          trigger={
            <IconButton
              label={`More about ${draft.name}`}
              icon={<Ellipsis size={16} />}
              size="sm"
              tooltip={false}
            />
          }
          items={[
            { label: "Rename", icon: <Pencil size={16} />, onSelect: () => onAct({ kind: "rename", draft }) },
            { label: "Copy", icon: <Copy size={16} />, onSelect: () => onAct({ kind: "clone", draft }) },
            {
              label: "Delete",
              icon: <Trash2 size={16} />,
              danger: true,
              onSelect: () => onAct({ kind: "delete", draft }),
            },
          ]}
        />
      ),
    },
  ];
}
