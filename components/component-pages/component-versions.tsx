"use client";

import { useMemo } from "react";
import type { Column } from "#components/data-table/column.ts";
import { DataTable } from "#components/data-table/data-table.tsx";
import { Link } from "#components/ui/navigation.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Tag } from "#components/ui/tag.tsx";
import type { ComponentVersion } from "#lib/components/model.ts";
import { componentHref, kindWord } from "./component-words.ts";

interface ComponentVersionsProps {
  workspace: string;
  name: string;
  versions: readonly ComponentVersion[];
}

/** Every version, newest first. */
export function ComponentVersions({ workspace, name, versions }: ComponentVersionsProps) {
  const columns = useMemo<Column<ComponentVersion>[]>(
    () => [
      {
        key: "version",
        label: "Version",
        width: 160,
        render: (row, index) => (
          <span className="flex items-center gap-2">
            <Link
              className="text-name hover:underline"
              href={`${componentHref(workspace, name)}?version=${encodeURIComponent(row.version)}`}
            >
              v{row.version}
            </Link>
            {index === 0 ? <Tag>latest</Tag> : null}
          </span>
        ),
      },
      { key: "kind", label: "Kind", width: 110, render: (row) => kindWord(row.definition.kind) },
      { key: "about", label: "Description", width: 240, grow: 1, render: (row) => row.description || "–" },
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
      total={versions.length}
      showFoot={false}
    />
  );
}
