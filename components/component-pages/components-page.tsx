"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Puzzle } from "lucide-react";
import { useMemo } from "react";
import type { Column } from "#components/data-table/column.ts";
import { ComponentIcon } from "#components/designer/canvas/component-icon.tsx";
import { NamedListPage } from "#components/named-list/named-list-page.tsx";
import { Link } from "#components/ui/navigation.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { flag, oneOf, text } from "#components/ui/url-codec.ts";
import { useUrlState } from "#components/ui/use-url-state.ts";
import { api, orpc } from "#lib/api/client.ts";
import type { ComponentDefinition, ComponentSummary } from "#lib/components/model.ts";
import { componentHref, groupTitle, kindWord } from "./component-words.ts";
import { NewComponentDialog } from "./new-component-dialog.tsx";
import { useLiveComponents } from "./use-components.ts";

const view = { tab: oneOf(["own", "modules"], "own"), q: text(), archived: flag(), new: flag() };

interface ComponentsPageProps {
  workspace: string;
  mayChange: boolean;
}

/** Steps to build pipelines of: those of the workspace, and the modules that come with the studio. */
export function ComponentsPage({ workspace, mayChange }: ComponentsPageProps) {
  const [{ tab, new: adding }, setView] = useUrlState(view);
  useLiveComponents(workspace);
  const here = `/${workspace}/components`;
  const tabs = (
    <Tabs
      label="Which components"
      current={tab}
      items={[
        { key: "own", label: "Of this workspace", href: here },
        { key: "modules", label: "Modules of the studio", href: `${here}?tab=modules` },
      ]}
    />
  );
  const add = mayChange ? { label: "New component", run: () => setView({ new: true }) } : undefined;
  const dialog =
    adding && mayChange ? (
      <NewComponentDialog workspace={workspace} onClose={() => setView({ new: false })} />
    ) : null;
  return tab === "modules" ? (
    <ModuleList workspace={workspace} tabs={tabs} add={add}>
      {dialog}
    </ModuleList>
  ) : (
    <OwnList workspace={workspace} tabs={tabs} add={add}>
      {dialog}
    </OwnList>
  );
}

interface ListProps {
  workspace: string;
  tabs: React.ReactNode;
  add: { label: string; run: () => void } | undefined;
  children: React.ReactNode;
}

function Named({
  workspace,
  name,
  definition,
  children,
}: {
  workspace: string;
  name: string;
  definition: ComponentDefinition | null;
  children?: React.ReactNode;
}) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span className="flex flex-none text-ink-3">
        <ComponentIcon definition={definition} size={14} />
      </span>
      <Link href={componentHref(workspace, name)} className="truncate text-name hover:underline">
        {definition?.displayName || name}
      </Link>
      {children}
    </span>
  );
}

const ports = (definition: ComponentDefinition | null) =>
  definition ? `${definition.inputs.length} in, ${definition.outputs.length} out` : "–";

function OwnList({ workspace, tabs, add, children }: ListProps) {
  const [{ q, archived }, setView] = useUrlState(view);
  const list = useInfiniteQuery(
    orpc.components.list.infiniteOptions({
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
  const columns = useMemo<Column<ComponentSummary>[]>(
    () => [
      {
        key: "name",
        label: "Name",
        width: 260,
        grow: 2,
        render: (row) => (
          <Named workspace={workspace} name={row.name} definition={row.definition}>
            {row.latest ? (
              <span className="flex-none text-secondary text-ink-3">v{row.latest.version}</span>
            ) : null}
            {row.archived ? <Tag>archived</Tag> : null}
          </Named>
        ),
      },
      { key: "id", label: "Referred to as", width: 180, grow: 1, mono: true, render: (row) => row.name },
      { key: "kind", label: "Kind", width: 100, render: (row) => kindWord(row.kind) },
      { key: "ports", label: "Ports", width: 110, render: (row) => ports(row.definition) },
      { key: "versions", label: "Versions", width: 90, align: "right", render: (row) => row.versionCount },
      { key: "by", label: "Made by", width: 140, render: (row) => row.latest?.createdBy ?? "–" },
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
      title="Components"
      one="a component"
      noun="component"
      list={list}
      columns={columns}
      rowKey={(row) => row.name}
      hrefOf={(row) => componentHref(workspace, row.name)}
      search={q}
      onSearch={(value) => setView({ q: value })}
      archived={{ shown: archived, onShow: (value) => setView({ archived: value }) }}
      add={add}
      tabs={tabs}
      empty={{
        icon: <Puzzle />,
        title: "No components yet",
        text: "A component is a step with typed inputs and outputs, kept under a name with versions. It stands in the designer's palette beside the modules.",
      }}
    >
      {children}
    </NamedListPage>
  );
}

function ModuleList({ workspace, tabs, add, children }: ListProps) {
  const [{ q }, setView] = useUrlState(view);
  const needle = q.trim().toLowerCase();
  const list = useInfiniteQuery({
    queryKey: [...orpc.components.palette.key(), "modules", workspace],
    queryFn: async ({ signal }) => {
      const palette = await api.components.palette({ workspace }, { signal });
      return { items: palette.items.filter(({ kind }) => kind === "module"), nextCursor: null };
    },
    initialPageParam: null,
    getNextPageParam: () => undefined,
    staleTime: 60_000,
    select: (data) => ({
      ...data,
      pages: data.pages.map((page) => {
        const items = page.items.filter(({ displayName, name, description, category }) =>
          [displayName, name, description, groupTitle(category)].join(" ").toLowerCase().includes(needle),
        );
        return { ...page, items, total: items.length };
      }),
    }),
  });
  const columns = useMemo<Column<ComponentDefinition>[]>(
    () => [
      {
        key: "name",
        label: "Name",
        width: 260,
        grow: 1,
        render: (row) => <Named workspace={workspace} name={row.name} definition={row} />,
      },
      { key: "group", label: "Group", width: 180, render: (row) => groupTitle(row.category) },
      { key: "ports", label: "Ports", width: 110, render: ports },
      { key: "what", label: "What it does", width: 320, grow: 2, render: (row) => row.description },
    ],
    [workspace],
  );
  return (
    <NamedListPage
      title="Components"
      one="a module"
      noun="module"
      list={list}
      columns={columns}
      rowKey={(row) => row.name}
      hrefOf={(row) => componentHref(workspace, row.name)}
      search={q}
      onSearch={(value) => setView({ q: value })}
      add={add}
      tabs={tabs}
      narrow={(row) => ({
        title: <Named workspace={workspace} name={row.name} definition={row} />,
        detail: <span className="truncate">{row.description}</span>,
      })}
      empty={{ icon: <Puzzle />, title: "No modules", text: "This studio has no modules of its own." }}
    >
      {children}
    </NamedListPage>
  );
}
