"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus, Server } from "lucide-react";
import { useState } from "react";
import { Page } from "#components/shell/page.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { flag } from "#components/ui/url-codec.ts";
import { useUrlState } from "#components/ui/use-url-state.ts";
import { VerbBar } from "#components/ui/verb-bar.tsx";
import { orpc } from "#lib/api/client.ts";
import type { ComputeTarget } from "#lib/computes/model.ts";
import { useLiveEvents } from "#lib/live/hooks.ts";
import { ComputeDialog } from "./compute-dialog.tsx";
import { ComputeRow } from "./compute-row.tsx";

const view = { new: flag() };

/** Where runs execute: slots, limits, and whether the place answers. */
export function ComputesPage({ workspace, mayManage }: { workspace: string; mayManage: boolean }) {
  const [{ new: adding }, setView] = useUrlState(view);
  const [editing, setEditing] = useState<ComputeTarget>();
  const targets = useLiveComputes(workspace);
  const items = targets.data?.items ?? [];
  const add = mayManage ? (
    <Button variant="primary" icon={<Plus size={16} />} onClick={() => setView({ new: true })}>
      New compute
    </Button>
  ) : null;
  return (
    <Page crumbs={[{ label: "Compute" }]}>
      <PageHeader title="Compute" count={targets.data ? items.length : undefined} verbs={add ?? undefined} />
      <div className="border-line border-t">
        {targets.error ? (
          <ErrorState className="m-4 sm:mx-6" error={targets.error} onRetry={() => void targets.refetch()} />
        ) : !targets.data ? (
          <div className="p-6">
            <SkeletonRows rows={2} />
          </div>
        ) : items.length === 0 ? (
          <div className="p-4 sm:p-6">
            <EmptyState icon={<Server />} title="No compute" action={add ?? undefined}>
              A compute target is a place where runs execute: containers of the engine, or processes of the
              studio's machine.
            </EmptyState>
          </div>
        ) : (
          <ul aria-label="Compute targets">
            {items.map((target) => (
              <ComputeRow
                key={target.name}
                workspace={workspace}
                target={target}
                onEdit={mayManage ? () => setEditing(target) : undefined}
              />
            ))}
          </ul>
        )}
      </div>
      {add ? <VerbBar>{add}</VerbBar> : null}
      {adding && mayManage ? (
        <ComputeDialog workspace={workspace} onClose={() => setView({ new: false })} />
      ) : null}
      {editing ? (
        <ComputeDialog workspace={workspace} target={editing} onClose={() => setEditing(undefined)} />
      ) : null}
    </Page>
  );
}

/** The targets; read anew when one changes or a run takes or leaves a slot. */
function useLiveComputes(workspace: string) {
  const queries = useQueryClient();
  useLiveEvents(workspace, (event) => {
    const concerns =
      event === "reset" ||
      event.kind === "compute" ||
      (event.kind === "run" && event.event !== "log" && event.event !== "metrics");
    if (concerns) void queries.invalidateQueries({ queryKey: orpc.computes.key() });
  });
  return useQuery(
    // A runner that has stopped says nothing: only asking again shows it.
    orpc.computes.list.queryOptions({ input: { workspace }, refetchInterval: 20_000 }),
  );
}
