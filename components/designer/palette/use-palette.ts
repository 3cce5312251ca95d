"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { orpc } from "#lib/api/client.ts";
import { type ComponentDefinition, moduleGroups, ownComponentGroup } from "#lib/components/model.ts";

export interface Palette {
  items: readonly ComponentDefinition[];
  groups: readonly { name: string; title: string }[];
  loading: boolean;
  error: unknown;
  retry: () => void;
}

const none: readonly ComponentDefinition[] = [];

/** Everything that can be put on the canvas: the studio's modules, and the components of the workspace. */
export function usePalette(workspace: string): Palette {
  const { data, isPending, error, refetch } = useQuery(
    orpc.components.palette.queryOptions({ input: { workspace }, staleTime: 60_000 }),
  );
  return useMemo(() => {
    const groups = data?.groups ?? [...moduleGroups, { name: ownComponentGroup, title: "My components" }];
    return { items: data?.items ?? none, groups, loading: isPending, error, retry: () => void refetch() };
  }, [data, isPending, error, refetch]);
}
