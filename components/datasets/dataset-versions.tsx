"use client";

import { useMemo } from "react";
import type { Column } from "#components/data-table/column.ts";
import { VersionTable } from "#components/data-table/version-table.tsx";
import { formatBytes, formatCount } from "#components/ui/format.ts";
import { Link } from "#components/ui/navigation.tsx";
import type { Dataset, DatasetVersion } from "#lib/datasets/model.ts";

/** Every version, newest first. */
export function DatasetVersions({ workspace, dataset }: { workspace: string; dataset: Dataset }) {
  const columns = useMemo<Column<DatasetVersion>[]>(
    () => [
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
    ],
    [workspace],
  );
  const href = `/${workspace}/data/${encodeURIComponent(dataset.name)}`;
  return <VersionTable rows={dataset.versions} href={href} columns={columns} made="Added" />;
}
