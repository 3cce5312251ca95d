"use client";

import { ColumnsProfile, profileKinds } from "#components/tables/columns-profile.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { oneOf, text } from "#components/ui/url-codec.ts";
import { useUrlState } from "#components/ui/use-url-state.ts";
import type { DatasetVersion } from "#lib/datasets/model.ts";
import { useProfile } from "./use-dataset.ts";

const view = { find: text(), kind: oneOf(profileKinds, "all"), column: text() };

/** What each column of a version of a dataset holds. */
export function DatasetProfile({
  workspace,
  name,
  version,
}: {
  workspace: string;
  name: string;
  version: DatasetVersion;
}) {
  const [state, setState] = useUrlState(view);
  const profile = useProfile(workspace, name, version.version, true);
  const all = profile.data?.profile?.columns;
  if (profile.data && !all) {
    return (
      <div className="p-6">
        <EmptyState title="The profile is being made">
          Every column is read once. This page fills in by itself.
        </EmptyState>
      </div>
    );
  }
  return (
    <ColumnsProfile
      name={name}
      columns={all}
      loading={profile.isPending}
      error={profile.error}
      onRetry={() => void profile.refetch()}
      view={state}
      onViewChange={setState}
    />
  );
}
