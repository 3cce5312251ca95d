"use client";

import { useState } from "react";
import { useFailureToast } from "#components/ui/toast.tsx";
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
  const showFailure = useFailureToast();
  const [asking, setAsking] = useState<readonly DraftUse[] | null>(null);
  async function start() {
    try {
      const { items } = await api.designer.uses(thing);
      if (items.length > 0) setAsking(items);
      else await archive();
    } catch (error) {
      showFailure(error);
    }
  }
  return { asking, start, stop: () => setAsking(null) };
}
