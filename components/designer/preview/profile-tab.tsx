"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ColumnsProfile, type ProfileView } from "#components/tables/columns-profile.tsx";
import { orpc } from "#lib/api/client.ts";
import { useDesigner } from "../session/designer.ts";

/** What each column of the rows of a preview holds. */
export function ProfileTab({ name, previewKey }: { name: string; previewKey: string }) {
  const { workspace } = useDesigner();
  const [view, setView] = useState<ProfileView>({ find: "", kind: "all", column: "" });
  const profile = useQuery(
    orpc.designer.profilePreview.queryOptions({
      input: { workspace, key: previewKey },
      staleTime: Number.POSITIVE_INFINITY,
      placeholderData: (before) => before,
    }),
  );
  return (
    <div className="-m-4 flex h-[calc(100%+32px)] flex-col">
      <ColumnsProfile
        name={name}
        columns={profile.data?.columns}
        loading={profile.isPending}
        error={profile.error}
        onRetry={() => void profile.refetch()}
        view={view}
        onViewChange={(next) => setView({ ...view, ...next })}
      />
    </div>
  );
}
