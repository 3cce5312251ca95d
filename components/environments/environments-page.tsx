"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Container } from "lucide-react";
import { useMemo } from "react";
import type { Column } from "#components/data-table/column.ts";
import { NamedListPage } from "#components/named-list/named-list-page.tsx";
import { Link } from "#components/ui/navigation.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { flag, text } from "#components/ui/url-codec.ts";
import { useUrlState } from "#components/ui/use-url-state.ts";
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
  const add = () => setView({ new: true });

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
  return (
    <NamedListPage
      title="Environments"
      one="an environment"
      noun="environment"
      list={list}
      columns={columns}
      rowKey={keyOf}
      hrefOf={(row) => `/${workspace}/environments/${encodeURIComponent(row.name)}`}
      search={q}
      onSearch={(value) => setView({ q: value })}
      archived={{ shown: archived, onShow: (value) => setView({ archived: value }) }}
      add={mayChange ? { label: "New environment", run: add } : undefined}
      narrow={(row) => ({
        title: columns[0]?.render(row, 0),
        detail: `${kindOf(row)}${row.description ? `, ${row.description}` : ""}`,
        aside: `v${row.latest?.version ?? "–"}`,
      })}
      empty={{
        icon: <Container />,
        title: "No environments",
        text: "An environment is the packages, or the image, that a run works with.",
      }}
    >
      {adding && mayChange ? (
        <NewEnvironmentDialog workspace={workspace} onClose={() => setView({ new: false })} />
      ) : null}
    </NamedListPage>
  );
}

function keyOf(row: EnvironmentSummary): string {
  return `${row.curated ? "curated " : ""}${row.name}`;
}
