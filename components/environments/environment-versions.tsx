"use client";

import type { Column } from "#components/data-table/column.ts";
import { VersionTable } from "#components/data-table/version-table.tsx";
import type { EnvironmentVersion } from "#lib/environments/model.ts";
import { packagesOf } from "./environment-words.ts";

interface VersionsProps {
  workspace: string;
  name: string;
  versions: readonly EnvironmentVersion[];
}

const columns: readonly Column<EnvironmentVersion>[] = [
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
];

/** Every version, newest first. */
export function EnvironmentVersions({ workspace, name, versions }: VersionsProps) {
  const href = `/${workspace}/environments/${encodeURIComponent(name)}`;
  return <VersionTable rows={versions} href={href} columns={columns} />;
}
