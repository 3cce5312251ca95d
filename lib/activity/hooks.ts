"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { orpc } from "#lib/api/client.ts";

export interface ActivityQuery {
  workspace: string;
  /** Only deeds on this kind of thing. */
  kind?: string;
  /** Only deeds on the thing of this name. */
  name?: string;
  /** Of one page. */
  limit: number;
}

/** Who did what, newest first. The studio's frame asks again at each event of the workspace. */
export function useActivities(query: ActivityQuery) {
  return useInfiniteQuery(
    orpc.activity.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...query, ...(cursor ? { cursor } : {}) }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
  );
}
