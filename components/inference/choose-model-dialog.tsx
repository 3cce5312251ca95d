"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { explainError } from "#components/ui/describe-error.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Notice } from "#components/ui/error-state.tsx";
import { plural } from "#components/ui/format.ts";
import { RadioGroup } from "#components/ui/radio.tsx";

export interface InferencePath {
  trainNode: string;
  trainDisplayName: string;
  scoreNode: string;
  scoreDisplayName: string;
}

interface ChooseModelDialogProps {
  paths: readonly InferencePath[];
  onChoose: (trainNode: string) => Promise<void>;
  onClose: () => void;
}

/** Which of the models that a run has trained the inference pipeline scores with. */
export function ChooseModelDialog({ paths, onChoose, onClose }: ChooseModelDialogProps) {
  const [chosen, setChosen] = useState(paths[0]?.trainNode ?? "");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  async function create() {
    setBusy(true);
    setProblem(undefined);
    try {
      await onChoose(chosen);
    } catch (error) {
      setProblem(explainError(error));
      setBusy(false);
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      busy={busy}
      title="Create an inference pipeline"
      description={`This run trained ${plural(paths.length, "model")}. The pipeline scores with one of them.`}
      footer={
        <>
          <Button onClick={onClose} disabled={busy}>
            Not now
          </Button>
          <Button variant="primary" busy={busy} onClick={() => void create()}>
            {busy ? "Creating" : "Create pipeline"}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {problem ? <Notice tone="warning">{problem}</Notice> : null}
        <RadioGroup
          label="Trained model"
          direction="column"
          options={paths.map(({ trainNode, trainDisplayName, scoreDisplayName }) => ({
            value: trainNode,
            label: trainDisplayName,
            help: `${trainNode}, scored by ${scoreDisplayName}`,
            disabled: busy,
          }))}
          value={chosen}
          onValueChange={setChosen}
        />
      </div>
    </Dialog>
  );
}
