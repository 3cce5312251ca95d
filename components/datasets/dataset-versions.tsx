"use client";

import { useMemo } from "react";
import type { Column } from "#components/data-table/column.ts";
import { DataTable } from "#components/data-table/data-table.tsx";
import { formatBytes, formatCount } from "#components/ui/format.ts";
import { Link } from "#components/ui/navigation.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Tag } from "#components/ui/tag.tsx";
import type { Dataset, DatasetVersion } from "#lib/datasets/model.ts";

/** Every version, newest first. */
export function DatasetVersions({ workspace, dataset }: { workspace: string; dataset: Dataset }) {
  const columns = useMemo<Column<DatasetVersion>[]>(
    () => [
      {
        key: "version",
        label: "Version",
        width: 160,
        render: (row, index) => (
          <span className="flex items-center gap-2">
            <Link
              className="text-name hover:underline"
              href={`/${workspace}/data/${encodeURIComponent(dataset.name)}?version=${encodeURIComponent(row.version)}`}
            >
              v{row.version}
            </Link>
            {index === 0 ? <Tag tone="accent">latest</Tag> : null}
            {row.labels.map((label) => (
              <Tag key={label} tone="accent">
                {label}
              </Tag>
            ))}
          </span>
        ),
      },
      {
        key: "rows",
        label: "Rows",
        width: 110,
        align: "right",
        render: (row) => (row.rowCount === null ? "–" : formatCount(row.rowCount)),
      },
      {
        key: "columns",
        label: "Columns",
        width: 90,
        align: "right",
        render: (row) => row.columns?.length ?? "–",
      },
      {
        key: "size",
        label: "Size",
        width: 100,
        align: "right",
        render: (row) => (row.sizeBytes === null ? "–" : formatBytes(row.sizeBytes)),
      },
      {
        key: "source",
        label: "Source",
        width: 200,
        grow: 1,
        render: (row) =>
          row.runName ? (
            <Link className="link" href={`/${workspace}/runs/${row.runName}`}>
              {row.runName}
            </Link>
          ) : (
            row.path || "–"
          ),
      },
      { key: "by", label: "Added by", width: 140, render: (row) => row.createdBy ?? "–" },
      {
        key: "at",
        label: "Added",
        width: 120,
        align: "right",
        render: (row) => <RelativeTime at={row.createdAt} />,
      },
    ],
    [workspace, dataset.name],
  );
  return (
    <DataTable
      label="Versions"
      rows={dataset.versions}
      columns={columns}
      rowKey={(row) => row.version}
      mode="fit"
      total={dataset.versions.length}
      showFoot={false}
    />
  );
}
