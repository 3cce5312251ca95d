"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Notice } from "#components/ui/error-state.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { useNavigate } from "#components/ui/navigation.tsx";
import { Select } from "#components/ui/select.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { api, orpc } from "#lib/api/client.ts";
import { type InstanceType, instanceTypes } from "#lib/endpoints/model.ts";
import { nextDeploymentName } from "./traffic-split.ts";

export interface DeployDialogProps {
  workspace: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Deploys this model; without it the newest is chosen and can be changed. */
  model?: { name: string; version: string } | undefined;
  /** Adds to this endpoint; without it a new one is made, or one is chosen. */
  endpoint?: string | undefined;
}

const newEndpoint = "\u0000new";

const sizes = (Object.keys(instanceTypes) as InstanceType[]).map((value) => {
  const { cpus, memoryMib } = instanceTypes[value];
  return { value, label: value, hint: `${cpus} CPU, ${memoryMib / 1024} GiB` };
});

function endpointNameFor(model: string): string {
  const clean = model.replace(/[^A-Za-z0-9]+/g, "-").replace(/^[^A-Za-z]+|-+$/g, "");
  return clean.slice(0, 32).replace(/-+$/, "");
}

/** Puts a model version behind an address, in one step: a new endpoint or one that is there. */
export function DeployDialog({
  workspace,
  open,
  onOpenChange,
  model: given,
  endpoint: fixed,
}: DeployDialogProps) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const models = useQuery(orpc.endpoints.deployableModels.queryOptions({ input: { workspace } }));
  const endpoints = useQuery(orpc.endpoints.list.queryOptions({ input: { workspace, limit: 1000 } }));
  const [chosenModel, setModel] = useState<string | null>(given?.name ?? null);
  const [chosenVersion, setVersion] = useState<string | null>(given?.version ?? null);
  const [chosenEndpoint, setEndpoint] = useState<string | null>(fixed ?? null);
  const [typedName, setTypedName] = useState<string | null>(null);
  const [typedDeployment, setTypedDeployment] = useState<string | null>(null);
  const [size, setSize] = useState<InstanceType>("small");
  const [count, setCount] = useState("1");
  const [allTraffic, setAllTraffic] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ path: string; text: string } | null>(null);

  const modelItems = models.data?.items ?? [];
  const model =
    modelItems.find(({ name }) => name === chosenModel) ?? (chosenModel ? undefined : modelItems[0]);
  const version = chosenVersion ?? model?.versions[0]?.version ?? "";
  const endpointItems = (endpoints.data?.items ?? []).filter((item) => item.provisioningState !== "Deleting");
  const target = chosenEndpoint ?? newEndpoint;
  const existing = endpointItems.find(({ name }) => name === target);
  const isNew = target === newEndpoint;
  const name = isNew ? (typedName ?? endpointNameFor(model?.name ?? "")) : target;
  const taken = existing?.deployments.map((item) => item.name) ?? [];
  const deployment = typedDeployment ?? nextDeploymentName(taken);
  const first = isNew || (existing !== undefined && taken.length === 0);

  const faultOf = (...paths: string[]) =>
    problem && paths.includes(problem.path) ? problem.text : undefined;

  async function deploy() {
    setProblem(null);
    setBusy(true);
    let step: "endpoint" | "deployment" = "endpoint";
    try {
      if (isNew) {
        await api.endpoints.create({ workspace, spec: { name } });
        // Should the next step fail, a second try finds the endpoint that is there by then.
        setEndpoint(name);
        await queries.invalidateQueries({ queryKey: orpc.endpoints.list.key() });
      }
      step = "deployment";
      await api.endpoints.createDeployment({
        workspace,
        endpoint: name,
        allTraffic: first || allTraffic,
        spec: {
          name: deployment,
          model: `azureml:${model?.name}:${version}`,
          instance_type: size,
          instance_count: Number(count),
        },
      });
      await queries.invalidateQueries({ queryKey: orpc.endpoints.key() });
      onOpenChange(false);
      toast({ title: `${deployment} is being deployed to ${name}`, detail: `${model?.name} v${version}` });
      navigate.push(`/${workspace}/endpoints/${encodeURIComponent(name)}`);
    } catch (error) {
      const { what, why } = describeError(error);
      const issue = (error as { data?: { issues?: { path?: string }[] } }).data?.issues?.[0]?.path ?? "";
      setProblem({ path: `${step}.${issue}`, text: [what, why].filter(Boolean).join(" ") });
    } finally {
      setBusy(false);
    }
  }

  const known = ["endpoint.name", "deployment.name", "deployment.model", "deployment.instance_count"];
  const ready = model !== undefined && version !== "" && name !== "" && deployment !== "";
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      closeOnOutside={!busy}
      title={fixed ? `Add a deployment to ${fixed}` : "Deploy a model"}
      description="An image is built from the model and its packages, then started and watched."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)} disabled={busy}>
            Not now
          </Button>
          <Button variant="primary" busy={busy} disabled={!ready} onClick={() => void deploy()}>
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
        {problem && !known.includes(problem.path) ? <Notice tone="warning">{problem.text}</Notice> : null}
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Model" error={faultOf("deployment.model")}>
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
          {fixed ? null : (
            <Field label="Endpoint">
              <Select
                size="lg"
                options={[
                  { value: newEndpoint, label: "New endpoint" },
                  ...endpointItems.map((item) => ({ value: item.name, label: item.name })),
                ]}
                value={target}
                disabled={busy}
                onValueChange={(value) => {
                  setEndpoint(value === newEndpoint ? null : value);
                  setTypedDeployment(null);
                }}
              />
            </Field>
          )}
          {isNew ? (
            <Field
              label="Name"
              help="Part of its address; 3 to 32 characters"
              error={faultOf("endpoint.name")}
            >
              <Input
                size="lg"
                value={name}
                disabled={busy}
                onChange={(event) => setTypedName(event.target.value)}
              />
            </Field>
          ) : null}
          <Field label="Deployment" error={faultOf("deployment.name")}>
            <Input
              size="lg"
              value={deployment}
              disabled={busy}
              onChange={(event) => setTypedDeployment(event.target.value)}
            />
          </Field>
          <Field label="Size of an instance">
            <Select size="lg" options={sizes} value={size} onValueChange={setSize} disabled={busy} />
          </Field>
          <Field label="Instances" error={faultOf("deployment.instance_count")}>
            <Input
              size="lg"
              type="number"
              min={1}
              max={20}
              value={count}
              disabled={busy}
              onChange={(event) => setCount(event.target.value)}
            />
          </Field>
        </div>
        {first ? (
          <p className="text-secondary text-ink-3">All traffic goes to it as soon as it is ready.</p>
        ) : (
          <Checkbox checked={allTraffic} onCheckedChange={setAllTraffic} disabled={busy}>
            Send all traffic to it as soon as it is ready
          </Checkbox>
        )}
      </div>
    </Dialog>
  );
}
