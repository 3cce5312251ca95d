"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ChevronDown, Waypoints } from "lucide-react";
import { useState } from "react";
import { draftHref } from "#components/pipelines/use-drafts.ts";
import { BusyRing, Button } from "#components/ui/button.tsx";
import { Menu } from "#components/ui/menu.tsx";
import { useNavigate } from "#components/ui/navigation.tsx";
import { useFailureToast, useToast } from "#components/ui/toast.tsx";
import { api, orpc } from "#lib/api/client.ts";
import { ChooseModelDialog, type InferencePath } from "./choose-model-dialog.tsx";

export type InferenceMode = "real-time" | "batch";

interface InferenceMenuProps {
  workspace: string;
  /** A completed run of a pipeline that trains. */
  run: string;
  /** Where there is little room: only the icon under 1,100 px. */
  compact?: boolean | undefined;
}

/** Makes a draft that scores of what a run has trained; where it trained several models, asks which. */
export function InferenceMenu({ workspace, run, compact }: InferenceMenuProps) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const showFailure = useFailureToast();
  const [busy, setBusy] = useState(false);
  const [choice, setChoice] = useState<{ mode: InferenceMode; paths: InferencePath[] } | null>(null);

  async function create(mode: InferenceMode, trainNode?: string) {
    const made = await api.inference.create({ workspace, run, mode, ...(trainNode ? { trainNode } : {}) });
    void queries.invalidateQueries({ queryKey: orpc.designer.list.key() });
    void queries.invalidateQueries({ queryKey: orpc.models.key() });
    toast({
      title: `${made.name} is a new draft`,
      detail: made.saved.map(({ name, version }) => `${name} v${version}`).join(", "),
      kind: "completed",
    });
    navigate.push(draftHref(workspace, made.draft));
  }

  async function start(mode: InferenceMode) {
    if (busy) return;
    setBusy(true);
    try {
      const { items } = await api.inference.paths({ workspace, run });
      if (items.length > 1) setChoice({ mode, paths: items });
      else await create(mode);
    } catch (error) {
      showFailure(error);
    } finally {
      setBusy(false);
    }
  }

  const paths = useQuery(orpc.inference.paths.queryOptions({ input: { workspace, run } }));
  // A pipeline that trains nothing has nothing to make a service of.
  if (!paths.data || paths.data.items.length === 0) return null;
  return (
    <>
      <Menu
        align="end"
        trigger={
          <Button
            aria-label="Create inference pipeline"
            aria-busy={busy || undefined}
            icon={busy ? <BusyRing /> : <Waypoints size={16} />}
            trailing={<ChevronDown size={14} />}
          >
            <span className={compact ? "max-wide:hidden" : undefined}>
              {busy ? "Creating" : "Inference pipeline"}
            </span>
          </Button>
        }
        items={[
          {
            label: "Real-time inference pipeline",
            help: "Answers single rows behind an address",
            onSelect: () => void start("real-time"),
          },
          {
            label: "Batch inference pipeline",
            help: "Scores a whole dataset into a new version",
            onSelect: () => void start("batch"),
          },
        ]}
      />
      {choice ? (
        <ChooseModelDialog
          paths={choice.paths}
          onClose={() => setChoice(null)}
          onChoose={(trainNode) => create(choice.mode, trainNode)}
        />
      ) : null}
    </>
  );
}
