"use client";

import { useRunActs } from "#components/runs/use-run-acts.ts";
import { useNavigate } from "#components/ui/navigation.tsx";
import { api } from "#lib/api/client.ts";
import type { RunDetails } from "#lib/runs/model.ts";

/** What can be done to a pipeline run, beside what can be done to any. */
export function usePipelineActs(workspace: string, run: RunDetails) {
  const acts = useRunActs(workspace, run, `/${workspace}/designer?tab=runs`);
  const navigate = useNavigate();
  const one = { workspace, run: run.name };
  return {
    ...acts,
    /** In the same run: all that failed or was left out, or one step, and what comes after. */
    retry: (step?: string) =>
      acts.act("retry", () => api.runs.retry({ ...one, ...(step ? { steps: [step] } : {}) })),
    edit: () =>
      acts.act("edit", async () => {
        const draft = await api.designer.create({ workspace, run: run.name });
        navigate.push(`/${workspace}/designer/${encodeURIComponent(draft.id)}`);
      }),
  };
}
