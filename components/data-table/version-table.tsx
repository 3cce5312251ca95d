"use client";

import { useMemo } from "react";
import { Link } from "#components/ui/navigation.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Tag } from "#components/ui/tag.tsx";
import type { Column } from "./column.ts";
import { DataTable } from "./data-table.tsx";

/** What a version of anything has. */
interface VersionRow {
  version: string;
  labels?: readonly string[];
  archived?: boolean;
  createdBy: string | null;
  createdAt: number;
}

interface VersionTableProps<Row extends VersionRow> {
  /** Newest first. */
  rows: readonly Row[];
  /** The page of the thing; each version is one of its views. */
  href: string;
  /** What is told between the version and who made it. Keep the array between renders. */
  columns: readonly Column<Row>[];
  /** "Made", "Added". */
  made?: string;
}

/** Every version of a dataset, an environment, a component: which, what is special in it, by whom and when. */
export function VersionTable<Row extends VersionRow>({
  rows,
  href,
  columns,
  made = "Made",
}: VersionTableProps<Row>) {
  const all = useMemo<Column<Row>[]>(
    () => [
      {
        key: "version",
        label: "Version",
        width: 160,
        render: ({ version, labels = [], archived }, index) => (
          <span className="flex items-center gap-2">
            <Link
              className="text-name hover:underline"
              href={`${href}?version=${encodeURIComponent(version)}`}
            >
              v{version}
            </Link>
            {index === 0 ? <Tag tone="accent">latest</Tag> : null}
            {labels.map((label) =>
              label === "latest" ? null : (
                <Tag key={label} tone="accent">
                  {label}
                </Tag>
              ),
            )}
            {archived ? <Tag tone="warning">archived</Tag> : null}
          </span>
        ),
      },
      ...columns,
      { key: "by", label: `${made} by`, width: 140, render: (row) => row.createdBy ?? "–" },
      {
        key: "at",
        label: made,
        width: 120,
        align: "right",
        render: (row) => <RelativeTime at={row.createdAt} />,
      },
    ],
    [columns, href, made],
  );
  return (
    <DataTable
      label="Versions"
      rows={rows}
      columns={all}
      rowKey={(row) => row.version}
      mode="fit"
      showFoot={false}
    />
  );
}
