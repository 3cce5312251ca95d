"use client";

import { Table2 } from "lucide-react";
import { useCurrentWorkspace } from "#components/studio-frame/workspace-context.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { formatBytes, formatCount, plural } from "#components/ui/format.ts";
import { Link } from "#components/ui/navigation.tsx";
import type { DatasetSummary } from "#lib/datasets/model.ts";
import { HomeSection } from "./home-section.tsx";
import { useHomeDatasets } from "./use-home.ts";

function sizeOf({ table, latest }: DatasetSummary): string {
  if (table) return `${formatCount(table.rowCount)} × ${formatCount(table.columnCount)}`;
  return formatBytes(latest?.sizeBytes);
}

export function HomeData() {
  const { name } = useCurrentWorkspace();
  const { data } = useHomeDatasets(name);
  const items = data?.items ?? [];
  return (
    <HomeSection
      title="Data"
      aside={
        <Link href={`/${name}/data`} className="hover:underline">
          {data?.total === undefined ? "All" : plural(data.total, "dataset")}
        </Link>
      }
    >
      {data && items.length === 0 ? (
        <EmptyState variant="plain" title="No data yet" className="px-0 py-1" />
      ) : null}
      <ul>
        {items.map((dataset) => (
          <li key={dataset.name} className="flex h-9 items-center gap-3 border-line border-b text-body">
            <Table2 size={14} className="flex-none text-ink-3" aria-hidden="true" />
            <span className="min-w-0 flex-1 truncate">
              <Link
                href={`/${name}/data/${encodeURIComponent(dataset.name)}`}
                className="font-medium text-ink hover:underline"
              >
                {dataset.name}
              </Link>{" "}
              <span className="text-ink-3">{dataset.latest ? `v${dataset.latest.version}` : ""}</span>
            </span>
            <span className="flex-none text-secondary text-ink-3 tabular-nums">{sizeOf(dataset)}</span>
          </li>
        ))}
      </ul>
    </HomeSection>
  );
}
