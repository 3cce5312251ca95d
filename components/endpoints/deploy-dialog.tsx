"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Notice } from "#components/ui/error-state.tsx";
import { Field } from "#components/ui/field.tsx";
import { useNavigate } from "#components/ui/navigation.tsx";
import { Select } from "#components/ui/select.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { orpc } from "#lib/api/client.ts";
import { DeployTargetFields, TrafficChoice } from "./deploy-target-fields.tsx";
import {
  DeployError,
  type DeployProblem,
  isFieldProblem,
  readDeployProblem,
  useDeployTarget,
} from "./use-deploy-target.ts";

export interface DeployDialogProps {
  workspace: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Deploys this model; without it the newest is chosen and can be changed. */
  model?: { name: string; version: string } | undefined;
  /** Adds to this endpoint; without it a new one is made, or one is chosen. */
  endpoint?: string | undefined;
}

/** Puts a model version behind an address, in one step: a new endpoint or one that is there. */
export function DeployDialog({
  workspace,
  open,
  onOpenChange,
  model: given,
  endpoint: fixed,
}: DeployDialogProps) {
  const navigate = useNavigate();
  const toast = useToast();
  const models = useQuery(orpc.endpoints.deployableModels.queryOptions({ input: { workspace } }));
  const [chosenModel, setModel] = useState<string | null>(given?.name ?? null);
  const [chosenVersion, setVersion] = useState<string | null>(given?.version ?? null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<DeployProblem | null>(null);

  const modelItems = models.data?.items ?? [];
  const model =
    modelItems.find(({ name }) => name === chosenModel) ?? (chosenModel ? undefined : modelItems[0]);
  const version = chosenVersion ?? model?.versions[0]?.version ?? "";
  const target = useDeployTarget({ workspace, fixed, modelName: model?.name ?? "" });

  async function deploy() {
    if (!model) return;
    setProblem(null);
    setBusy(true);
    try {
      await target.deploy({ name: model.name, version });
      onOpenChange(false);
      toast({
        title: `${target.deployment} is being deployed to ${target.name}`,
        detail: `${model.name} v${version}`,
      });
      navigate.push(`/${workspace}/endpoints/${encodeURIComponent(target.name)}`);
    } catch (error) {
      setProblem(error instanceof DeployError ? error.problem : readDeployProblem("deployment", error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      busy={busy}
      title={fixed ? `Add a deployment to ${fixed}` : "Deploy a model"}
      description="An image is built from the model and its packages, then started and watched."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)} disabled={busy}>
            Not now
          </Button>
          <Button
            variant="primary"
            busy={busy}
            disabled={model === undefined || version === "" || !target.ready}
            onClick={() => void deploy()}
          >
            {busy ? "Deploying" : "Deploy"}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {models.data && modelItems.length === 0 ? (
          <Notice tone="info">
            There is no model to deploy yet. Register one from a run, or log one with MLflow.
          </Notice>
        ) : null}
        {problem && !isFieldProblem(problem) ? <Notice tone="warning">{problem.text}</Notice> : null}
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Model" error={problem?.path === "deployment.model" ? problem.text : undefined}>
            <Select
              size="lg"
              options={modelItems.map((item) => ({ value: item.name, label: item.name }))}
              value={model?.name ?? null}
              placeholder="Choose a model"
              disabled={busy}
              onValueChange={(value) => {
                setModel(value);
                setVersion(null);
              }}
            />
          </Field>
          <Field label="Version">
            <Select
              size="lg"
              options={(model?.versions ?? []).map((item, index) => ({
                value: item.version,
                label: `v${item.version}`,
                hint: [index === 0 ? "newest" : "", item.runName ?? ""].filter(Boolean).join(", "),
              }))}
              value={version === "" ? null : version}
              placeholder="Choose a version"
              disabled={busy}
              onValueChange={setVersion}
            />
          </Field>
          <DeployTargetFields target={target} problem={problem} busy={busy} />
        </div>
        <TrafficChoice target={target} busy={busy} />
      </div>
    </Dialog>
  );
}
