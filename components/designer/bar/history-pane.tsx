"use client";

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { ErrorState } from "#components/ui/error-state.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { orpc } from "#lib/api/client.ts";
import { useDesigner } from "../session/designer.ts";
import { usePanel } from "../session/use-panels.ts";
import { DifferenceList } from "./difference-list.tsx";

/** “Ada, Ben and 2 more”. */
function nameAuthors(authors: readonly { name: string }[]): string {
  const names = authors.map(({ name }) => name);
  if (names.length === 0) return "The studio";
  if (names.length > 3) return `${names.slice(0, 2).join(", ")} and ${names.length - 2} more`;
  return names.length === 1 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** Who changed the draft and when; one version against now, drawn, and restored. */
export function HistoryPane() {
  const { workspace, draft, mayEdit, difference: drawing } = useDesigner();
  const [, setOpen] = usePanel("history");
  const [chosen, setChosen] = useState<number | null>(null);
  const client = useQueryClient();
  const toast = useToast();
  const versions = useInfiniteQuery(
    orpc.designer.versions.infiniteOptions({
      input: (cursor: string | undefined) => ({
        workspace,
        draft,
        ...(cursor === undefined ? {} : { cursor }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (last) => last.nextCursor ?? undefined,
    }),
  );
  const difference = useQuery({
    ...orpc.designer.diff.queryOptions({ input: { workspace, draft, from: chosen ?? 1 } }),
    enabled: chosen !== null,
  });
  const drawn = chosen === null ? null : (difference.data?.difference ?? null);
  useEffect(() => {
    drawing.set(drawn);
    return () => drawing.set(null);
  }, [drawing, drawn]);
  const restore = useMutation(
    orpc.designer.restore.mutationOptions({
      onSuccess: () => {
        toast({ title: `Version ${chosen} is the newest again`, kind: "completed" });
        setChosen(null);
        void client.invalidateQueries({ queryKey: orpc.designer.key() });
      },
      onError: (error) => toast({ title: "Nothing was restored", detail: error.message, kind: "failed" }),
    }),
  );
  const items = versions.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <aside
      aria-label="History"
      className="flex w-[300px] flex-none flex-col border-line border-l bg-panel max-sm:hidden"
    >
      <div className="flex h-9 flex-none items-center border-line border-b pr-1 pl-4">
        <h2 className="flex-1 text-section">History</h2>
        <IconButton
          size="sm"
          label="Close the history"
          icon={<X size={14} />}
          onClick={() => setOpen(false)}
        />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto p-2">
        {versions.error ? (
          <ErrorState error={versions.error} onRetry={() => void versions.refetch()} />
        ) : versions.isPending ? (
          <SkeletonRows rows={6} />
        ) : (
          items.map((version, index) => (
            <div key={version.number}>
              <button
                type="button"
                aria-expanded={chosen === version.number}
                onClick={() => setChosen(chosen === version.number ? null : version.number)}
                className={cn(
                  "flex w-full flex-col rounded-control px-2 py-1.5 text-left hover:bg-hover",
                  chosen === version.number && "bg-accent-tint",
                )}
              >
                <span className="text-name">
                  Version {version.number}
                  {index === 0 ? <span className="font-normal text-ink-3"> newest</span> : null}
                </span>
                <span className="text-secondary text-ink-3">
                  {nameAuthors(version.authors)} · <RelativeTime at={version.at} /> · {version.nodeCount}{" "}
                  steps
                </span>
                {version.note ? <span className="text-secondary text-ink-2">{version.note}</span> : null}
              </button>
              {chosen === version.number ? (
                <div className="mb-2 ml-2 flex flex-col gap-2 border-line-2 border-l py-1 pl-3">
                  {difference.data ? (
                    <DifferenceList difference={difference.data.difference} />
                  ) : difference.error ? (
                    <ErrorState error={difference.error} />
                  ) : (
                    <SkeletonRows rows={2} />
                  )}
                  {mayEdit && index > 0 ? (
                    <Button
                      size="sm"
                      className="self-start"
                      busy={restore.isPending}
                      onClick={() => restore.mutate({ workspace, draft, version: version.number })}
                    >
                      {restore.isPending ? "Restoring" : `Restore version ${version.number}`}
                    </Button>
                  ) : null}
                </div>
              ) : null}
            </div>
          ))
        )}
        {versions.hasNextPage ? (
          <Button variant="quiet" size="sm" onClick={() => void versions.fetchNextPage()}>
            Show older
          </Button>
        ) : null}
      </div>
    </aside>
  );
}
