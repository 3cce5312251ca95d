"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Plus, Radio } from "lucide-react";
import { useMemo } from "react";
import type { Column } from "#components/data-table/column.ts";
import { DataTable } from "#components/data-table/data-table.tsx";
import { Page } from "#components/shell/page.tsx";
import { useShortcut } from "#components/shell/shortcuts.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { formatCount } from "#components/ui/format.ts";
import { SearchInput } from "#components/ui/input.tsx";
import { Link, useNavigate } from "#components/ui/navigation.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { StatusText } from "#components/ui/pill.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { flag, text } from "#components/ui/url-codec.ts";
import { useUrlState } from "#components/ui/use-url-state.ts";
import { VerbBar } from "#components/ui/verb-bar.tsx";
import { orpc } from "#lib/api/client.ts";
import { type EndpointSummary, healthOf } from "#lib/endpoints/model.ts";
import { DeployDialog } from "./deploy-dialog.tsx";
import { healthWords } from "./health-words.ts";
import { useLiveEndpoints } from "./use-endpoint.ts";

/** `deploy` is the model version to begin with: `churn:3`. */
const view = { q: text(), new: flag(), deploy: text() };

function readModel(deploy: string): { name: string; version: string } | undefined {
  const at = deploy.lastIndexOf(":");
  return at > 0 ? { name: deploy.slice(0, at), version: deploy.slice(at + 1) } : undefined;
}

function trafficWords({ deployments }: EndpointSummary): string {
  const shown = deployments.filter(({ traffic }) => traffic > 0);
  if (shown.length === 0) return deployments.length === 0 ? "–" : "No traffic";
  return shown.map(({ name, traffic }) => `${name} ${traffic}%`).join(" · ");
}

function modelWords({ deployments }: EndpointSummary): string {
  const names = deployments.map(({ model }) => `${model.name} v${model.version}`);
  return [...new Set(names)].join(", ") || "–";
}

export function EndpointsPage({ workspace, mayChange }: { workspace: string; mayChange: boolean }) {
  const [{ q, new: adding, deploy }, setView] = useUrlState(view);
  const navigate = useNavigate();
  useLiveEndpoints(workspace);
  const list = useInfiniteQuery(
    orpc.endpoints.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        workspace,
        limit: 100,
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
  useShortcut(mayChange ? { keys: "n", label: "Deploy a model", group: "Endpoints", run: add } : null);

  const columns = useMemo<Column<EndpointSummary>[]>(
    () => [
      {
        key: "name",
        label: "Name",
        width: 220,
        grow: 1,
        render: (row) => (
          <Link
            href={`/${workspace}/endpoints/${encodeURIComponent(row.name)}`}
            className="truncate text-name hover:underline"
          >
            {row.name}
          </Link>
        ),
      },
      {
        key: "state",
        label: "State",
        width: 150,
        render: (row) => {
          const { kind, word } = healthWords[healthOf(row)];
          return <StatusText kind={kind}>{word}</StatusText>;
        },
      },
      { key: "traffic", label: "Traffic", width: 200, render: trafficWords },
      { key: "models", label: "Models", width: 240, grow: 1, render: modelWords },
      { key: "by", label: "Made by", width: 140, render: (row) => row.createdBy ?? "–" },
      {
        key: "created",
        label: "Made",
        width: 120,
        align: "right",
        render: (row) => <RelativeTime at={row.createdAt} />,
      },
    ],
    [workspace],
  );

  const deployButton = (
    <Button variant="primary" icon={<Plus size={16} />} onClick={add}>
      Deploy a model
    </Button>
  );
  return (
    <Page crumbs={[{ label: "Endpoints" }]} body="fixed">
      <PageHeader
        title="Endpoints"
        count={total === undefined ? undefined : formatCount(total)}
        verbs={mayChange ? deployButton : undefined}
      />
      <div className="px-4 pb-3 sm:px-6">
        <SearchInput
          size="lg"
          className="max-w-80"
          label="Find an endpoint"
          placeholder="Find an endpoint"
          value={q}
          onValueChange={(value) => setView({ q: value })}
        />
      </div>
      <div className="flex min-h-0 flex-1 flex-col border-line border-t">
        <DataTable
          label="Endpoints"
          rows={rows}
          columns={columns}
          rowKey={(row) => row.name}
          keys
          onOpen={(row) => navigate.push(`/${workspace}/endpoints/${encodeURIComponent(row.name)}`)}
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
                title={`No endpoint has “${q}” in its name`}
                action={<Button onClick={() => setView({ q: "" })}>Show all</Button>}
              />
            ) : (
              <EmptyState
                variant="plain"
                icon={<Radio />}
                title="No endpoint yet"
                action={mayChange ? deployButton : undefined}
              >
                An endpoint is a web address that answers with predictions. Its address and keys stay the same
                while the models behind it change.
              </EmptyState>
            )
          }
        />
      </div>
      {mayChange ? <VerbBar>{deployButton}</VerbBar> : null}
      {(adding || deploy !== "") && mayChange ? (
        <DeployDialog
          workspace={workspace}
          model={readModel(deploy)}
          open
          onOpenChange={(open) => open || setView({ new: false, deploy: "" })}
        />
      ) : null}
    </Page>
  );
}
