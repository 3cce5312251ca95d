"use client";

import { useState } from "react";
import { describeError } from "#components/ui/describe-error.ts";
import { useNavigate } from "#components/ui/navigation.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { api } from "#lib/api/client.ts";
import type { RunDetails } from "#lib/runs/model.ts";

/** What can be done to a pipeline run; a failure is told where it happened. */
export function usePipelineActs(workspace: string, run: RunDetails) {
  const [busy, setBusy] = useState<string | null>(null);
  const navigate = useNavigate();
  const toast = useToast();
  const one = { workspace, run: run.name };
  async function act(name: string, work: () => Promise<unknown>) {
    setBusy(name);
    try {
      await work();
    } catch (error) {
      const { what, why } = describeError(error);
      toast({ title: what, detail: why, kind: "failed" });
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
    busy,
    cancel: () => act("cancel", () => api.runs.cancel(one)),
    /** The same pipeline as a new run; what did not change is reused. */
    again: () =>
      act("again", async () => {
        const next = await api.runs.rerun(one);
        navigate.push(`/${workspace}/runs/${next.name}`);
      }),
    /** In the same run: all that failed or was left out, or one step, and what comes after. */
    retry: (step?: string) =>
      act("retry", () => api.runs.retry({ ...one, ...(step ? { steps: [step] } : {}) })),
    edit: () =>
      act("edit", async () => {
        const draft = await api.designer.create({ workspace, run: run.name });
        navigate.push(`/${workspace}/designer/${encodeURIComponent(draft.id)}`);
      }),
    setArchived,
    remove: () =>
      act("delete", async () => {
        await api.runs.delete(one);
        toast({ title: `${run.displayName} deleted`, undo: () => void api.runs.restore(one) });
        navigate.push(`/${workspace}/designer?tab=runs`);
      }),
  };
}
