"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Box, Database, Plus } from "lucide-react";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { formatBytes, formatCount } from "#components/ui/format.ts";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { orpc } from "#lib/api/client.ts";
import type { AssetSummary } from "#lib/assets/model.ts";
import { type PortType, portTypes } from "#lib/components/model.ts";
import { addData } from "../session/acts.ts";
import { useDesigner } from "../session/designer.ts";
import { PaletteRow } from "./palette-row.tsx";

const pages = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last: { nextCursor: string | null }) => last.nextCursor ?? undefined,
};

function typeOf(type: string | undefined, kind: "data" | "models"): PortType {
  const known = portTypes.find((one) => one === type);
  return known ?? (kind === "data" ? "uri_folder" : "custom_model");
}

function AssetCard({ asset, facts }: { asset: AssetSummary; facts: string }) {
  return (
    <div className="flex flex-col gap-1.5">
      <div className="text-name break-words">{asset.name}</div>
      <div className="text-secondary text-ink-3">{facts}</div>
      {asset.description ? <p className="text-secondary text-ink-2">{asset.description}</p> : null}
    </div>
  );
}

function describeAsset(
  asset: AssetSummary & { table?: { rowCount: number; columnCount?: number } | null },
): string {
  const words = [asset.latest ? `version ${asset.latest.version}` : "no version"];
  if (asset.table) words.push(`${formatCount(asset.table.rowCount)} rows`);
  if (asset.latest?.sizeBytes) words.push(formatBytes(asset.latest.sizeBytes));
  return words.join(" · ");
}

interface AssetsTabProps {
  search: string;
}

/** Datasets of the workspace, to drag onto the canvas. */
export function DatasetsTab({ search }: AssetsTabProps) {
  const { workspace } = useDesigner();
  const input = (cursor: string | undefined) => ({
    workspace,
    ...(search === "" ? {} : { search }),
    ...(cursor === undefined ? {} : { cursor }),
  });
  const query = useInfiniteQuery(orpc.datasets.list.infiniteOptions({ input, ...pages }));
  return (
    <AssetRows
      kind="data"
      search={search}
      items={query.data?.pages.flatMap(({ items }) => items)}
      query={query}
    />
  );
}

/** Registered models of the workspace. */
export function ModelsTab({ search }: AssetsTabProps) {
  const { workspace } = useDesigner();
  const input = (cursor: string | undefined) => ({
    workspace,
    ...(search === "" ? {} : { search }),
    ...(cursor === undefined ? {} : { cursor }),
  });
  const query = useInfiniteQuery(orpc.models.list.infiniteOptions({ input, ...pages }));
  return (
    <AssetRows
      kind="models"
      search={search}
      items={query.data?.pages.flatMap(({ items }) => items)}
      query={query}
    />
  );
}

interface AssetRowsProps {
  kind: "data" | "models";
  search: string;
  items: AssetSummary[] | undefined;
  query: { error: unknown; hasNextPage: boolean; refetch: () => unknown; fetchNextPage: () => unknown };
}

function AssetRows({ kind, search, items, query }: AssetRowsProps) {
  const designer = useDesigner();
  const { workspace } = designer;
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (!items) return <SkeletonRows rows={8} />;
  const usable = items.filter(({ latest }) => latest !== null);
  if (usable.length === 0)
    return (
      <EmptyState
        variant="plain"
        title={search === "" ? (kind === "data" ? "No datasets yet" : "No models yet") : "Nothing matches"}
        action={
          kind === "data" ? (
            <ButtonLink href={`/${workspace}/data`} icon={<Plus size={14} />}>
              Add data
            </ButtonLink>
          ) : undefined
        }
      >
        {kind === "data" ? "Datasets of this workspace stand here." : "Registered models stand here."}
      </EmptyState>
    );
  return (
    <>
      {usable.map((asset) => {
        const type = typeOf(asset.latest?.type, kind);
        const path = `azureml:${asset.name}@latest`;
        const dragged = { kind: "data" as const, path, type, title: asset.name };
        return (
          <PaletteRow
            key={asset.name}
            icon={kind === "data" ? <Database /> : <Box />}
            title={asset.name}
            hint={asset.latest ? `v${asset.latest.version}` : undefined}
            dragged={dragged}
            card={<AssetCard asset={asset} facts={describeAsset(asset)} />}
            mayAdd={designer.mayEdit}
            onAdd={() => addData(designer, dragged)}
          />
        );
      })}
      {query.hasNextPage ? (
        <Button variant="quiet" size="sm" className="mx-4" onClick={() => void query.fetchNextPage()}>
          Show more
        </Button>
      ) : null}
    </>
  );
}
