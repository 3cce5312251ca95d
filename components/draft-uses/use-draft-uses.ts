"use client";

import { useState } from "react";
import { describeError } from "#components/ui/describe-error.ts";
import { useToast } from "#components/ui/toast.tsx";
import { api } from "#lib/api/client.ts";

export type DraftUse = Awaited<ReturnType<typeof api.designer.uses>>["items"][number];

interface UsedThing {
  workspace: string;
  kind: "component" | "dataset" | "model";
  name: string;
}

/**
 * Archives at once what no draft uses; otherwise `asking` is what to show in an `ArchiveDialog` first. Failures are told
 * as toasts.
 */
export function useGuardedArchive(thing: UsedThing, archive: () => Promise<void>) {
  const toast = useToast();
  const [asking, setAsking] = useState<readonly DraftUse[] | null>(null);
  async function start() {
    try {
      const { items } = await api.designer.uses(thing);
      if (items.length > 0) setAsking(items);
      else await archive();
    } catch (error) {
      const { what, why } = describeError(error);
      toast({ title: what, detail: why, kind: "failed" });
    }
  }
  return { asking, start, stop: () => setAsking(null) };
}
