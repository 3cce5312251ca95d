"use client";

import { useQuery } from "@tanstack/react-query";
import { BusyRing } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { SkeletonText } from "#components/ui/skeleton.tsx";
import { orpc } from "#lib/api/client.ts";
import { MiniGraph } from "./mini-graph.tsx";
import { useNewDraft } from "./use-drafts.ts";

/** Ready pipelines. One click brings in the data of a sample and opens it as a draft. */
export function SampleGallery({ workspace, mayChange }: { workspace: string; mayChange: boolean }) {
  const samples = useQuery(
    orpc.designer.samples.queryOptions({ input: { workspace }, staleTime: Number.POSITIVE_INFINITY }),
  );
  const start = useNewDraft(workspace);
  if (samples.error) return <ErrorState error={samples.error} onRetry={() => void samples.refetch()} />;
  if (!samples.data) return <SkeletonText lines={4} />;
  return (
    <ul className="grid grid-cols-[repeat(auto-fill,minmax(240px,1fr))] gap-3">
      {samples.data.items.map((sample) => {
        const opening = start.isPending && start.variables.sample === sample.name;
        return (
          <li key={sample.name} className="flex">
            <button
              type="button"
              disabled={!mayChange}
              aria-busy={opening || undefined}
              onClick={() => start.isPending || start.mutate({ sample: sample.name })}
              className="flex w-full flex-col overflow-hidden rounded-card border border-line-2 bg-panel text-left enabled:hover:border-control enabled:hover:bg-hover"
            >
              <span className="relative flex h-36 w-full items-center justify-center border-line border-b bg-bg p-2">
                <MiniGraph text={sample.text} className="h-full max-w-full" />
                {opening ? <BusyRing className="absolute top-2 right-2 text-accent" /> : null}
              </span>
              <span className="flex flex-col gap-1 px-3 py-2.5">
                <span className="text-name">{sample.displayName}</span>
                <span className="text-secondary text-ink-2">{sample.description}</span>
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
