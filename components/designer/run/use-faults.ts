"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { orpc } from "#lib/api/client.ts";
import type { GraphDocument } from "#lib/designer/document/types.ts";
import { isSame } from "../model/is-same.ts";
import { useDesigner } from "../session/designer.ts";
import { useDebounced } from "../session/use-debounced.ts";
import { useGraph } from "../session/use-graph.ts";

const settleMs = 500;

/** Counts the changes that can make or mend a fault; moves and notes change the drawing only. */
function useContentVersion(graph: GraphDocument): string {
  const kept = useRef({ parts: [] as unknown[], count: 0, page: Math.random().toString(36) });
  const parts = [
    ...graph.nodes.map(({ raw }) => raw),
    ...graph.dataNodes.flatMap(({ name, path, type }) => [name, path, type]),
    ...graph.promoted,
    graph.outputs,
    graph.settings,
  ];
  const { current } = kept;
  const same =
    parts.length === current.parts.length && parts.every((part, at) => isSame(part, current.parts[at]));
  if (!same) kept.current = { ...current, parts, count: current.count + 1 };
  return `${kept.current.page}.${kept.current.count}`;
}

/** Has the draft checked a moment after each change; the faults go to the nodes. */
export function useFaults(): { checking: boolean; check: () => Promise<void>; unreadable: string | null } {
  const designer = useDesigner();
  const { workspace, draft, document, faults } = designer;
  const graph = useDebounced(useGraph(), settleMs);
  const version = useContentVersion(graph);
  const query = useQuery({
    queryKey: ["designer-faults", workspace, draft, version],
    queryFn: ({ signal }) =>
      orpc.pipelines.validate.call({ workspace, spec: document.getText() }, { signal }),
    placeholderData: (before) => before,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 10_000,
  });
  const { data } = query;
  useEffect(() => {
    if (!data) return;
    const all = [...data.faults, ...data.warnings];
    faults.set((now) => (isSame(now, all) ? now : all));
  }, [data, faults]);
  return {
    checking: query.isFetching,
    check: async () => void (await query.refetch()),
    unreadable: query.error instanceof Error ? query.error.message : null,
  };
}
