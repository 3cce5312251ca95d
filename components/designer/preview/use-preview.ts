"use client";

import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { orpc } from "#lib/api/client.ts";
import type { Preview } from "#lib/designer/model.ts";
import { useLiveEvents } from "#lib/live/hooks.ts";
import { useDesigner } from "../session/designer.ts";
import { useStore } from "../session/store.ts";
import { useDebounced } from "../session/use-debounced.ts";
import { useGraph } from "../session/use-graph.ts";
import { signatureOf } from "./signature.ts";
import { type Ran, useRan } from "./use-ran.ts";

export interface PortPreview {
  node: string;
  port: string;
  preview: Preview | undefined;
  /** What is shown belongs to the draft as it was before the last change. */
  stale: boolean;
  loading: boolean;
  /** Somebody here did not want to wait. */
  stopped: boolean;
  error: unknown;
  ran: Ran;
  /** Computes also what is heavy. */
  ask: () => void;
  /** Shows what the last run gave, until something is changed. */
  showRun: () => void;
  retry: () => void;
  stop: () => void;
}

const settleMs = 120;
/** In case that the event that tells of the end gets lost. */
const lookAgainMs = 2_000;
const going: readonly Preview["status"][] = ["queued", "running"];

type Wish = "light" | "heavy" | "run" | "stopped";

/** What an output port holds, kept up to date while something shows it. `address` null asks for nothing. */
export function usePreview(address: { node: string; port: string } | null): PortPreview {
  const { workspace, draft, document, model: models, mayEdit } = useDesigner();
  const graph = useGraph();
  const model = useStore(models, (now) => now);
  const client = useQueryClient();
  const ran = useRan(address?.node);
  const signature = useDebounced(address ? signatureOf(model, graph, address.node) : "", settleMs);
  // For one call: what failed is computed anew only when somebody presses the button.
  const again = useRef(false);
  const [asked, setAsked] = useState<{ signature: string; wish: Wish } | null>(null);
  const node = address?.node ?? "";
  const port = address?.port ?? "";
  const isData = node.startsWith("inputs.");
  const wish: Wish = asked?.signature === signature ? asked.wish : "light";
  // What the run gave changes when it is run again.
  const part = wish === "run" ? ran.stepRun : ran.part;
  const key = ["designer-preview", workspace, draft, node, port, signature, wish, part];
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => {
      const isAgain = again.current;
      again.current = false;
      return orpc.designer.preview.call(
        {
          workspace,
          draft,
          text: document.getText(),
          node,
          ...(isData ? {} : { port }),
          // It was asked for when it failed.
          heavy: wish === "heavy" || isAgain,
          again: isAgain,
          compute: mayEdit && wish !== "stopped",
          ...(ran.run === undefined ? {} : { run: ran.run }),
          from: wish === "run" ? "run" : "draft",
        },
        { signal },
      );
    },
    enabled: address !== null && signature !== "",
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: 1,
    refetchInterval: ({ state }) => (state.data && going.includes(state.data.status) ? lookAgainMs : false),
  });
  const readAgain = () => void client.invalidateQueries({ queryKey: key });
  const cancel = useMutation(orpc.designer.cancelPreview.mutationOptions());
  // The last answer that had something to show: it stays in view while the next is computed.
  const [shown, setShown] = useState<{ address: string; preview: Preview } | null>(null);
  const here = `${node}.${port}`;
  const answer = query.data?.node === node || query.data === undefined ? query.data : undefined;
  if (answer?.result && !query.isPlaceholderData && shown?.preview !== answer) {
    setShown({ address: here, preview: answer });
  }
  useLiveEvents(workspace, (event) => {
    if (event === "reset" || (event.kind === "preview" && event.name === query.data?.key)) readAgain();
  });
  const last = shown?.address === here ? shown.preview : undefined;
  const waits = answer !== undefined && going.includes(answer.status);
  return {
    node,
    port,
    // The key goes with the result: a query of the rows is one of those that are shown.
    preview:
      waits && last
        ? { ...answer, result: last.result, key: last.key, hasRows: last.hasRows, origin: last.origin }
        : answer,
    stale: query.isPlaceholderData || (waits && last !== undefined),
    loading: query.isPending || waits,
    stopped: wish === "stopped",
    error: query.error,
    ran,
    ask: () => setAsked({ signature, wish: "heavy" }),
    showRun: () => setAsked({ signature, wish: "run" }),
    retry: () => {
      again.current = true;
      void query.refetch();
    },
    stop: () => {
      setAsked({ signature, wish: "stopped" });
      if (waits) cancel.mutate({ workspace, key: answer.key });
    },
  };
}
