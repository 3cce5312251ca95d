"use client";

import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import type { Column } from "#components/data-table/column.ts";
import { DataTable, type DataTableProps } from "#components/data-table/data-table.tsx";
import { Page } from "#components/shell/page.tsx";
import { useShortcut } from "#components/shell/shortcuts.ts";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { cn } from "#components/ui/cn.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { formatCount } from "#components/ui/format.ts";
import { SearchInput } from "#components/ui/input.tsx";
import { useNavigate } from "#components/ui/navigation.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { VerbBar } from "#components/ui/verb-bar.tsx";

export interface NamedPage<Row> {
  items: Row[];
  nextCursor: string | null;
  total?: number | undefined;
}

export interface NamedListPageProps<Row> {
  /** "Data", "Models". */
  title: string;
  /** With its article, for the search field: "a dataset". */
  one: string;
  /** Without it, for what was not found: "dataset". */
  noun: string;
  list: UseInfiniteQueryResult<InfiniteData<NamedPage<Row>>>;
  columns: readonly Column<Row>[];
  rowKey: (row: Row) => string;
  hrefOf: (row: Row) => string;
  search: string;
  onSearch: (search: string) => void;
  /** Left out where nothing can be archived. */
  archived?: { shown: boolean; onShow: (shown: boolean) => void } | undefined;
  /** The verb that makes one; left out for who may not. */
  add?: { label: string; run: () => void } | undefined;
  /** While there are none. */
  empty: { icon: ReactNode; title: string; text: ReactNode };
  /** A file dropped on the list. */
  onDropFile?: ((file: File) => void) | undefined;
  narrow?: DataTableProps<Row>["narrow"];
  /** Other lists of the same page, as a `Tabs` row. */
  tabs?: ReactNode;
  /** Dialogs. */
  children?: ReactNode;
}

/** A list of things with names: found by a part of it, opened with Enter, a new one with N. */
export function NamedListPage<Row>(props: NamedListPageProps<Row>) {
  const { title, one, noun, list, search, onSearch, archived, add, empty, onDropFile } = props;
  const navigate = useNavigate();
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const total = list.data?.pages[0]?.total;
  useShortcut(add ? { keys: "n", label: add.label, group: title, run: add.run } : null);
  const button = add ? (
    <Button variant="primary" icon={<Plus size={16} />} onClick={add.run}>
      {add.label}
    </Button>
  ) : undefined;
  return (
    <Page crumbs={[{ label: title }]} body="fixed">
      <PageHeader
        title={title}
        count={total === undefined || props.tabs ? undefined : formatCount(total)}
        verbs={button}
        tabs={props.tabs}
      />
      <div
        className={cn("flex flex-wrap items-center gap-3 px-4 pb-3 sm:px-6", props.tabs ? "pt-3" : undefined)}
      >
        <SearchInput
          size="lg"
          className="max-w-80"
          label={`Find ${one}`}
          placeholder={`Find ${one}`}
          value={search}
          onValueChange={onSearch}
        />
        {archived ? (
          <Checkbox checked={archived.shown} onCheckedChange={archived.onShow}>
            Archived too
          </Checkbox>
        ) : null}
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping a file is an extra; the button does the same */}
      <div
        className="flex min-h-0 flex-1 flex-col border-line border-t"
        onDragOver={onDropFile ? (event) => event.preventDefault() : undefined}
        onDrop={(event) => {
          const file = event.dataTransfer.files[0];
          if (!onDropFile || !file) return;
          event.preventDefault();
          onDropFile(file);
        }}
      >
        <DataTable
          label={title}
          rows={rows}
          columns={props.columns}
          rowKey={props.rowKey}
          narrow={props.narrow}
          keys
          onOpen={(row) => navigate.push(props.hrefOf(row))}
          total={total ?? null}
          hasMore={list.hasNextPage}
          loadingMore={list.isFetchingNextPage}
          onEndReached={() => void list.fetchNextPage()}
          loading={list.isPending}
          error={list.error}
          onRetry={() => void list.refetch()}
          empty={
            search ? (
              <EmptyState
                variant="plain"
                title={`No ${noun} has “${search}” in its name`}
                action={<Button onClick={() => onSearch("")}>Show all</Button>}
              />
            ) : (
              <EmptyState variant="plain" icon={empty.icon} title={empty.title} action={button}>
                {empty.text}
              </EmptyState>
            )
          }
        />
      </div>
      {button ? <VerbBar>{button}</VerbBar> : null}
      {props.children}
    </Page>
  );
}
