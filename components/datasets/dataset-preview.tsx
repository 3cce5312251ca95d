"use client";

import { TablePreview } from "#components/tables/table-preview.tsx";
import { api, orpc } from "#lib/api/client.ts";
import type { DatasetVersion } from "#lib/datasets/model.ts";
import type { TableColumn } from "#lib/tables/model.ts";
import { useProfile } from "./use-dataset.ts";

export interface DatasetPreviewProps {
  workspace: string;
  name: string;
  version: DatasetVersion;
  columns: TableColumn[];
}

/** The rows of a version of a dataset. */
export function DatasetPreview({ workspace, name, version, columns }: DatasetPreviewProps) {
  const profile = useProfile(workspace, name, version.version, true);
  const one = { workspace, name, version: version.version };
  return (
    <TablePreview
      name={name}
      columns={columns}
      rowCount={version.rowCount}
      profiles={profile.data?.profile?.columns}
      queryKey={orpc.datasets.rows.key({ input: one })}
      readRows={(query, signal) => api.datasets.rows({ ...one, query }, { signal })}
    />
  );
}
