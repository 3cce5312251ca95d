"use client";

import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { orpc } from "#lib/api/client.ts";
import type { Preview } from "#lib/designer/model.ts";
import { useLiveEvents } from "#lib/live/hooks.ts";
import { useDesigner } from "../session/designer.ts";
import { useStore } from "../session/store.ts";
import { useDebounced } from "../session/use-debounced.ts";
import { useGraph } from "../session/use-graph.ts";
import { signatureOf } from "./signature.ts";

export interface PortPreview {
  preview: Preview | undefined;
  /** What is shown belongs to the draft as it was before the last change. */
  stale: boolean;
  loading: boolean;
  error: unknown;
  /** Computes also what is heavy. */
  ask: () => void;
  retry: () => void;
}

const settleMs = 120;
/** In case that the event that tells of the end gets lost. */
const lookAgainMs = 2_000;
const going: readonly Preview["status"][] = ["queued", "running"];

/** What an output port holds, kept up to date while something shows it. `address` null asks for nothing. */
export function usePreview(address: { node: string; port: string } | null): PortPreview {
  const { workspace, draft, document, model: models, mayEdit } = useDesigner();
  const graph = useGraph();
  const model = useStore(models, (now) => now);
  const client = useQueryClient();
  const signature = useDebounced(address ? signatureOf(model, graph, address.node) : "", settleMs);
  const [asked, setAsked] = useState<string | null>(null);
  const node = address?.node ?? "";
  const port = address?.port ?? "";
  const isData = node.startsWith("inputs.");
  const key = ["designer-preview", workspace, draft, node, port, signature, asked === signature];
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) =>
      orpc.designer.preview.call(
        {
          workspace,
          draft,
          text: document.getText(),
          node,
          ...(isData ? {} : { port }),
          heavy: asked === signature,
          compute: mayEdit,
        },
        { signal },
      ),
    enabled: address !== null && signature !== "",
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: 1,
    refetchInterval: ({ state }) => (state.data && going.includes(state.data.status) ? lookAgainMs : false),
  });
  // The last answer that had something to show: it stays in view while the next is computed.
  const [shown, setShown] = useState<{ address: string; preview: Preview } | null>(null);
  const here = `${node}.${port}`;
  const answer = query.data?.node === node || query.data === undefined ? query.data : undefined;
  if (answer?.result && !query.isPlaceholderData && shown?.preview !== answer) {
    setShown({ address: here, preview: answer });
  }
  useLiveEvents(workspace, (event) => {
    if (event === "reset" || (event.kind === "preview" && event.name === query.data?.key)) {
      void client.invalidateQueries({ queryKey: key });
    }
  });
  const last = shown?.address === here ? shown.preview : undefined;
  const waits = answer !== undefined && going.includes(answer.status);
  return {
    preview: waits && last ? { ...answer, result: last.result } : answer,
    stale: query.isPlaceholderData || (waits && last !== undefined),
    loading: query.isPending || waits,
    error: query.error,
    ask: () => setAsked(signature),
    retry: () => void query.refetch(),
  };
}
