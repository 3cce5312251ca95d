"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronDown, Waypoints } from "lucide-react";
import { useState } from "react";
import { BusyRing, Button } from "#components/ui/button.tsx";
import { Menu } from "#components/ui/menu.tsx";
import { useFailureToast } from "#components/ui/toast.tsx";
import { api, orpc } from "#lib/api/client.ts";
import { ChooseModelDialog, type InferencePath } from "./choose-model-dialog.tsx";
import { useCreateInference } from "./use-create-inference.ts";

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
  const { make } = useCreateInference(workspace);
  const showFailure = useFailureToast();
  const [busy, setBusy] = useState(false);
  const [choice, setChoice] = useState<{ mode: InferenceMode; paths: InferencePath[] } | null>(null);

  const create = (mode: InferenceMode, trainNode?: string) =>
    make({ run, mode, ...(trainNode ? { trainNode } : {}) });

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
