"use client";

import type { Column } from "#components/data-table/column.ts";
import { VersionTable } from "#components/data-table/version-table.tsx";
import type { ComponentVersion } from "#lib/components/model.ts";
import { componentHref, kindWord } from "./component-words.ts";

interface ComponentVersionsProps {
  workspace: string;
  name: string;
  versions: readonly ComponentVersion[];
}

const columns: readonly Column<ComponentVersion>[] = [
  { key: "kind", label: "Kind", width: 110, render: (row) => kindWord(row.definition.kind) },
  { key: "about", label: "Description", width: 240, grow: 1, render: (row) => row.description || "–" },
];

/** Every version, newest first. */
export function ComponentVersions({ workspace, name, versions }: ComponentVersionsProps) {
  return <VersionTable rows={versions} href={componentHref(workspace, name)} columns={columns} />;
}
