"use client";

import { useState } from "react";
import { useNavigate } from "#components/ui/navigation.tsx";
import { useFailureToast, useToast } from "#components/ui/toast.tsx";
import { api } from "#lib/api/client.ts";
import type { RunDetails } from "#lib/runs/model.ts";

/** What can be done to any run; a failure is told where it happened. `listHref` is where a deleted one leads to. */
export function useRunActs(workspace: string, run: RunDetails, listHref: string) {
  const [busy, setBusy] = useState<string | null>(null);
  const navigate = useNavigate();
  const toast = useToast();
  const showFailure = useFailureToast();
  const one = { workspace, run: run.name };
  async function act(name: string, work: () => Promise<unknown>) {
    setBusy(name);
    try {
      await work();
    } catch (error) {
      showFailure(error);
    } finally {
      setBusy(null);
    }
  }
  const setArchived = (archived: boolean): Promise<void> =>
    act("archive", async () => {
      await (archived ? api.runs.archive(one) : api.runs.restore(one));
      toast({
        title: archived ? `${run.displayName} archived` : `${run.displayName} is back`,
        ...(archived ? { undo: () => void setArchived(false) } : {}),
      });
    });
  return {
    /** What is under way, by its name. */
    busy,
    act,
    cancel: () => act("cancel", () => api.runs.cancel(one)),
    /** The same job as a new run. */
    again: (memoryMib?: number) =>
      act("again", async () => {
        const next = await api.runs.rerun({ ...one, ...(memoryMib ? { memoryMib } : {}) });
        navigate.push(`/${workspace}/runs/${next.name}`);
      }),
    setArchived,
    /** Of a run that was deleted. */
    restore: () => act("restore", () => api.runs.restore(one)),
    remove: () =>
      act("delete", async () => {
        await api.runs.delete(one);
        toast({ title: `${run.displayName} deleted`, undo: () => void api.runs.restore(one) });
        navigate.push(listHref);
      }),
  };
}
