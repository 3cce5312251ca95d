"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useToast } from "#components/ui/toast.tsx";
import { api, orpc } from "#lib/api/client.ts";
import { pruneTo } from "#lib/designer/document/prune-to.ts";
import { reach } from "#lib/designer/document/reach.ts";
import type { SubmitMemory } from "#lib/designer/model.ts";
import type { Fault } from "#lib/pipelines/model.ts";
import { say } from "../session/acts.ts";
import { useDesigner } from "../session/designer.ts";
import { listChanges, type RunScope } from "./make-spec.ts";

/** What the server found wrong, where it stands at steps. */
function readFaults(error: unknown): Fault[] {
  const issues = (error as { data?: { issues?: unknown } } | null)?.data?.issues;
  if (!Array.isArray(issues)) return [];
  return issues.flatMap((issue: { path?: unknown; message?: unknown }) => {
    const [, node, rest] = /^jobs\.([^.]+)\.?(.*)$/.exec(String(issue.path ?? "")) ?? [];
    if (node === undefined) return [];
    const parameter = /^inputs\.([^.]+)/.exec(rest ?? "")?.[1];
    const message = String(issue.message ?? "");
    const path = String(issue.path);
    return [{ node, path, message, severity: "error" as const, ...(parameter ? { parameter } : {}) }];
  });
}

/** Starts a run of the draft, or of a part of it. `onStarted` gets the run's name, `onRefused` is told of faults at steps. */
export function useSubmit(onStarted: (run: string) => void, onRefused: () => void) {
  const designer = useDesigner();
  const { workspace, draft, document, model } = designer;
  const client = useQueryClient();
  const toast = useToast();
  return useMutation({
    mutationFn: async ({ memory, scope }: { memory: SubmitMemory; scope: RunScope }) => {
      const text = document.getText();
      const { inputs, ...others } = memory;
      const all =
        scope === null ? null : new Set([...reach(model.get().edges, scope.to, "before"), scope.to]);
      const spec = all === null ? text : pruneTo(text, all, scope?.again ? scope.to : null);
      // A part of the pipeline may lack an input: a value for it would be one that nobody takes.
      const known = typeof spec === "string" ? null : ((spec.inputs ?? {}) as Record<string, unknown>);
      const given = Object.fromEntries(
        Object.entries(inputs ?? {}).filter(([name]) => known === null || name in known),
      );
      const set = listChanges({ ...others, inputs: given });
      const run = await api.runs.submit({ workspace, spec, ...(set.length > 0 ? { set } : {}) });
      await api.designer.rememberSubmit({ workspace, draft, memory, run: run.name });
      return run;
    },
    onSuccess: (run) => {
      say(designer, `${run.displayName} has started`);
      onStarted(run.name);
      void client.invalidateQueries({ queryKey: orpc.designer.key() });
    },
    onError: (error) => {
      const found = readFaults(error);
      if (found.length > 0) {
        designer.faults.set((now) => [...found, ...now.filter(({ severity }) => severity !== "error")]);
        onRefused();
      } else toast({ title: "The run did not start", detail: error.message, kind: "failed" });
    },
  });
}
