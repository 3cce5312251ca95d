"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { draftHref } from "#components/pipelines/use-drafts.ts";
import { useNavigate } from "#components/ui/navigation.tsx";
import { useFailureToast, useToast } from "#components/ui/toast.tsx";
import { api, orpc } from "#lib/api/client.ts";

export interface InferenceRequest {
  run: string;
  mode: "real-time" | "batch";
  trainNode?: string;
  scoreNode?: string;
  threshold?: number;
}

/** Makes a draft that scores and opens it. `create` says what went wrong itself, `make` throws it. */
export function useCreateInference(workspace: string) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const showFailure = useFailureToast();
  const [busy, setBusy] = useState(false);

  async function make(request: InferenceRequest): Promise<void> {
    const made = await api.inference.create({ workspace, ...request });
    void queries.invalidateQueries({ queryKey: orpc.designer.list.key() });
    void queries.invalidateQueries({ queryKey: orpc.models.key() });
    toast({
      title: `${made.name} is a new draft`,
      detail: made.saved.map(({ name, version }) => `${name} v${version}`).join(", "),
      kind: "completed",
    });
    navigate.push(draftHref(workspace, made.draft));
  }

  async function create(request: InferenceRequest): Promise<void> {
    if (busy) return;
    setBusy(true);
    try {
      await make(request);
    } catch (error) {
      showFailure(error);
    } finally {
      setBusy(false);
    }
  }
  return { busy, make, create };
}
