"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Radio } from "lucide-react";
import { useMemo } from "react";
import type { Column } from "#components/data-table/column.ts";
import { NamedListPage } from "#components/named-list/named-list-page.tsx";
import { Link } from "#components/ui/navigation.tsx";
import { StatusText } from "#components/ui/pill.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { flag, text } from "#components/ui/url-codec.ts";
import { useUrlState } from "#components/ui/use-url-state.ts";
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
  const add = () => setView({ new: true });

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

  return (
    <NamedListPage
      title="Endpoints"
      one="an endpoint"
      noun="endpoint"
      list={list}
      columns={columns}
      rowKey={nameOf}
      hrefOf={(row) => `/${workspace}/endpoints/${encodeURIComponent(row.name)}`}
      search={q}
      onSearch={(value) => setView({ q: value })}
      add={mayChange ? { label: "Deploy a model", run: add } : undefined}
      empty={{
        icon: <Radio />,
        title: "No endpoint yet",
        text: "An endpoint is a web address that answers with predictions. Its address and keys stay the same while the models behind it change.",
      }}
    >
      {(adding || deploy !== "") && mayChange ? (
        <DeployDialog
          workspace={workspace}
          model={readModel(deploy)}
          open
          onOpenChange={(open) => open || setView({ new: false, deploy: "" })}
        />
      ) : null}
    </NamedListPage>
  );
}

function nameOf(row: EndpointSummary): string {
  return row.name;
}
