"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { DeployTargetFields, TrafficChoice } from "#components/endpoints/deploy-target-fields.tsx";
import {
  DeployError,
  type DeployProblem,
  isFieldProblem,
  readDeployProblem,
  useDeployTarget,
} from "#components/endpoints/use-deploy-target.ts";
import { Field } from "#components/ui/field.tsx";
import { FormDialog } from "#components/ui/form-dialog.tsx";
import { Input } from "#components/ui/input.tsx";
import { useNavigate } from "#components/ui/navigation.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { api, orpc } from "#lib/api/client.ts";
import { modelNameFor } from "./model-name.ts";

export interface DeployPipelineDialogProps {
  workspace: string;
  /** The pipeline as it is at the moment of deploying. */
  readText: () => string;
  /** What the model is called after unless told. */
  title: string;
  onClose: () => void;
}

/** Makes a model of a pipeline that scores, and puts it behind an address. */
export function DeployPipelineDialog({ workspace, readText, title, onClose }: DeployPipelineDialogProps) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const [model, setModel] = useState(() => modelNameFor(title));
  const [step, setStep] = useState<string | null>(null);
  const [problem, setProblem] = useState<DeployProblem | null>(null);
  const target = useDeployTarget({ workspace, modelName: model });
  const packed = useRef<{ text: string; name: string; version: string } | null>(null);
  const busy = step !== null;

  /** A second try after a fault of the endpoint goes on with the model that there is by then. */
  async function pack() {
    const text = readText();
    if (packed.current?.text === text && packed.current.name === model) return packed.current;
    try {
      const made = await api.inference.package({ workspace, text, name: model });
      void queries.invalidateQueries({ queryKey: orpc.models.key() });
      packed.current = { text, ...made };
      return packed.current;
    } catch (error) {
      throw new DeployError(readDeployProblem("model", error));
    }
  }

  async function deploy() {
    if (busy) return;
    setProblem(null);
    setStep("Making the model");
    try {
      const made = await pack();
      await target.deploy(made, setStep);
      toast({
        title: `${target.deployment} is being deployed to ${target.name}`,
        detail: `${made.name} v${made.version}`,
      });
      navigate.push(`/${workspace}/endpoints/${encodeURIComponent(target.name)}?tab=test`);
    } catch (error) {
      setProblem(error instanceof DeployError ? error.problem : readDeployProblem("model", error));
      setStep(null);
    }
  }

  const modelFault =
    problem && (problem.path === "model.name" || problem.path === "deployment.model")
      ? problem.text
      : undefined;
  return (
    <FormDialog
      title="Deploy the pipeline"
      description="It becomes a model that answers a row with a prediction, in one process behind an address."
      footerNote={<span role="status">{step ? `${step}…` : ""}</span>}
      submitLabel={busy ? "Deploying" : "Deploy"}
      busy={busy}
      disabled={!target.ready || model === ""}
      problem={problem && modelFault === undefined && !isFieldProblem(problem) ? problem.text : undefined}
      onSubmit={deploy}
      onClose={onClose}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Model"
          className="sm:col-span-2"
          help="The pipeline is registered under this name; a name that there is gets a new version"
          error={modelFault}
        >
          <Input
            size="lg"
            value={model}
            disabled={busy}
            onChange={(event) => setModel(event.target.value.trim())}
          />
        </Field>
        <DeployTargetFields target={target} problem={problem} busy={busy} />
      </div>
      <TrafficChoice target={target} busy={busy} />
    </FormDialog>
  );
}
