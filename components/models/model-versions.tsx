"use client";

import { useMemo } from "react";
import type { Column } from "#components/data-table/column.ts";
import { DataTable } from "#components/data-table/data-table.tsx";
import { formatBytes } from "#components/ui/format.ts";
import { Link } from "#components/ui/navigation.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Tag } from "#components/ui/tag.tsx";
import type { ModelAsset, ModelVersion } from "#lib/models/model.ts";
import { modelTypeWord } from "./model-words.ts";

/** Every version, newest first. */
export function ModelVersions({ workspace, model }: { workspace: string; model: ModelAsset }) {
  const columns = useMemo<Column<ModelVersion>[]>(
    () => [
      {
        key: "version",
        label: "Version",
        width: 200,
        render: (row, index) => (
          <span className="flex items-center gap-2">
            <Link
              className="text-name hover:underline"
              href={`/${workspace}/models/${encodeURIComponent(model.name)}?version=${encodeURIComponent(row.version)}`}
            >
              v{row.version}
            </Link>
            {index === 0 ? <Tag>latest</Tag> : null}
            {row.labels.map((label) => (
              <Tag key={label} tone="accent">
                {label}
              </Tag>
            ))}
          </span>
        ),
      },
      { key: "type", label: "Type", width: 100, render: (row) => modelTypeWord(row.type) },
      { key: "stage", label: "Stage", width: 110, render: (row) => (row.stage === "None" ? "–" : row.stage) },
      {
        key: "size",
        label: "Size",
        width: 100,
        align: "right",
        render: (row) => (row.sizeBytes === null ? "–" : formatBytes(row.sizeBytes)),
      },
      {
        key: "run",
        label: "From",
        width: 200,
        grow: 1,
        render: (row) =>
          row.run ? (
            <Link className="link" href={`/${workspace}/runs/${row.run.name}`}>
              {row.run.displayName}
            </Link>
          ) : (
            row.path || "–"
          ),
      },
      { key: "by", label: "Registered by", width: 140, render: (row) => row.createdBy ?? "–" },
      {
        key: "at",
        label: "Registered",
        width: 120,
        align: "right",
        render: (row) => <RelativeTime at={row.createdAt} />,
      },
    ],
    [workspace, model.name],
  );
  return (
    <DataTable
      label="Versions"
      rows={model.versions}
      columns={columns}
      rowKey={rowKey}
      mode="fit"
      total={model.versions.length}
      showFoot={false}
    />
  );
}

function rowKey(row: ModelVersion): string {
  return row.version;
}
