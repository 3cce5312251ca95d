"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useThrottled } from "#components/studio-frame/use-throttled.ts";
import { orpc } from "#lib/api/client.ts";
import { useLiveEvents } from "#lib/live/hooks.ts";
import { isTerminal } from "#lib/spec/statuses.ts";
import { say } from "../session/acts.ts";
import { useDesigner } from "../session/designer.ts";

const readEveryMs = 250;
/** In case that an event gets lost. */
const lookAgainMs = 5_000;

/** Keeps the run that the canvas shows up to date, and says changes of its steps aloud. */
export function useRun(name: string | null): void {
  const designer = useDesigner();
  const { workspace } = designer;
  const client = useQueryClient();
  const options = orpc.pipelines.graph.queryOptions({ input: { workspace, run: name ?? "" } });
  const { data } = useQuery({
    ...options,
    enabled: name !== null,
    refetchInterval: ({ state }) => (state.data && !isTerminal(state.data.status) ? lookAgainMs : false),
  });
  const readAgain = useThrottled(
    () => void client.invalidateQueries({ queryKey: options.queryKey }),
    readEveryMs,
  );
  useLiveEvents(workspace, (event) => {
    if (event === "reset" || (event.kind === "run" && event.name === name)) readAgain();
  });
  useEffect(() => {
    const before = designer.states.get();
    designer.run.set(name === null ? null : (data ?? null));
    const { byId } = designer.model.get();
    const news = [...designer.states.get()].flatMap(([id, state]) => {
      const old = before.get(id);
      const isNews = old !== undefined && old.runName === state.runName && old.kind !== state.kind;
      return isNews
        ? [`${byId.get(id)?.title ?? id}: ${state.word}${state.error ? `, ${state.error}` : ""}`]
        : [];
    });
    if (news.length > 0) say(designer, news.join(". "));
  }, [designer, data, name]);
}
