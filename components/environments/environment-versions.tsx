"use client";

import { useMemo } from "react";
import type { Column } from "#components/data-table/column.ts";
import { DataTable } from "#components/data-table/data-table.tsx";
import { Link } from "#components/ui/navigation.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Tag } from "#components/ui/tag.tsx";
import type { EnvironmentVersion } from "#lib/environments/model.ts";
import { packagesOf } from "./environment-words.ts";

interface VersionsProps {
  workspace: string;
  name: string;
  versions: readonly EnvironmentVersion[];
}

/** Every version, newest first. */
export function EnvironmentVersions({ workspace, name, versions }: VersionsProps) {
  const columns = useMemo<Column<EnvironmentVersion>[]>(
    () => [
      {
        key: "version",
        label: "Version",
        width: 160,
        render: (row, index) => (
          <span className="flex items-center gap-2">
            <Link
              className="text-name hover:underline"
              href={`/${workspace}/environments/${encodeURIComponent(name)}?version=${encodeURIComponent(row.version)}`}
            >
              v{row.version}
            </Link>
            {index === 0 ? <Tag tone="accent">latest</Tag> : null}
            {row.archived ? <Tag tone="warning">archived</Tag> : null}
          </span>
        ),
      },
      {
        key: "packages",
        label: "Packages",
        width: 240,
        grow: 1,
        render: (row) => (
          <span className="truncate text-code text-ink-2">
            {packagesOf(row.definition)?.join(", ") ?? row.definition.image}
          </span>
        ),
      },
      { key: "digest", label: "Digest", width: 130, mono: true, render: (row) => row.digest.slice(0, 12) },
      { key: "by", label: "Made by", width: 140, render: (row) => row.createdBy ?? "–" },
      {
        key: "at",
        label: "Made",
        width: 120,
        align: "right",
        render: (row) => <RelativeTime at={row.createdAt} />,
      },
    ],
    [workspace, name],
  );
  return (
    <DataTable
      label="Versions"
      rows={versions}
      columns={columns}
      rowKey={(row) => row.version}
      mode="fit"
      showFoot={false}
    />
  );
}
