"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { explainError } from "#components/ui/describe-error.ts";
import { api, orpc } from "#lib/api/client.ts";
import type { InstanceType } from "#lib/endpoints/model.ts";
import { nextDeploymentName } from "./traffic-split.ts";

/** The choice of no endpoint that is there; no endpoint has such a name. */
export const newEndpoint = "-";

function endpointNameFor(model: string): string {
  const clean = model.replace(/[^A-Za-z0-9]+/g, "-").replace(/^[^A-Za-z]+|-+$/g, "");
  return clean.slice(0, 32).replace(/-+$/, "");
}

interface Wanted {
  workspace: string;
  /** Adds to this endpoint; without it a new one is made, or one is chosen. */
  fixed?: string | undefined;
  /** What a new endpoint is called after. */
  modelName: string;
}

/** A fault belongs to a field (`endpoint.name`, `deployment.model`, …), or to all of it. */
export interface DeployProblem {
  path: string;
  text: string;
}

/** Thrown by `deploy` with what to show where. */
export class DeployError extends Error {
  problem: DeployProblem;

  constructor(problem: DeployProblem) {
    super(problem.text);
    this.problem = problem;
  }
}

export function readDeployProblem(step: "model" | "endpoint" | "deployment", error: unknown): DeployProblem {
  const issue = (error as { data?: { issues?: { path?: string }[] } }).data?.issues?.[0]?.path ?? "";
  return { path: `${step}.${issue}`, text: explainError(error) };
}

/** Where a model is deployed to, as it is filled in: a new endpoint or one that is there, and the deployment in it. */
export function useDeployTarget({ workspace, fixed, modelName }: Wanted) {
  const queries = useQueryClient();
  const list = useQuery(orpc.endpoints.list.queryOptions({ input: { workspace, limit: 1000 } }));
  const [chosen, setChosen] = useState<string | null>(fixed ?? null);
  const [typedName, setTypedName] = useState<string | null>(null);
  const [typedDeployment, setTypedDeployment] = useState<string | null>(null);
  const [size, setSize] = useState<InstanceType>("small");
  const [count, setCount] = useState("1");
  const [allTraffic, setAllTraffic] = useState(false);
  const [removeFormer, setRemoveFormer] = useState(true);

  const endpoints = (list.data?.items ?? []).filter((item) => item.provisioningState !== "Deleting");
  const target = chosen ?? newEndpoint;
  const existing = endpoints.find(({ name }) => name === target);
  const isNew = target === newEndpoint;
  const name = isNew ? (typedName ?? endpointNameFor(modelName)) : target;
  const taken = existing?.deployments.map((item) => item.name) ?? [];
  const traffic = existing?.traffic ?? {};
  const former = taken.filter((name) => (traffic[name] ?? 0) > 0);
  const deployment = typedDeployment ?? nextDeploymentName(taken);
  const first = isNew || (existing !== undefined && taken.length === 0);

  return {
    fixed,
    endpoints,
    target,
    isNew,
    name,
    deployment,
    /** Nothing else takes traffic: it gets all of it. */
    first,
    /** The deployments that are there. */
    taken,
    size,
    count,
    allTraffic,
    /** Those that take the traffic now. */
    former,
    /** Whether these go once the new one answers. */
    removeFormer,
    ready: name !== "" && deployment !== "",
    choose(value: string) {
      setChosen(value === newEndpoint ? null : value);
      setTypedDeployment(null);
    },
    setName: setTypedName,
    setDeployment: setTypedDeployment,
    setSize,
    setCount,
    setAllTraffic,
    setRemoveFormer,
    /** Makes the endpoint where it is new, then the deployment. Throws a `DeployError`. */
    async deploy(model: { name: string; version: string }, onStep?: (step: string) => void): Promise<void> {
      let step: "endpoint" | "deployment" = "endpoint";
      try {
        if (isNew) {
          onStep?.("Making the endpoint");
          await api.endpoints.create({ workspace, spec: { name } });
          // Should the next step fail, a second try finds the endpoint that is there by then.
          setChosen(name);
          await queries.invalidateQueries({ queryKey: orpc.endpoints.list.key() });
        }
        step = "deployment";
        onStep?.("Starting the deployment");
        await api.endpoints.createDeployment({
          workspace,
          endpoint: name,
          allTraffic: first || allTraffic,
          removeFormer: allTraffic && removeFormer,
          spec: {
            name: deployment,
            model: `azureml:${model.name}:${model.version}`,
            instance_type: size,
            instance_count: Number(count),
          },
        });
        await queries.invalidateQueries({ queryKey: orpc.endpoints.key() });
      } catch (error) {
        throw new DeployError(readDeployProblem(step, error));
      }
    },
  };
}

export type DeployTarget = ReturnType<typeof useDeployTarget>;

const fields = ["endpoint.name", "deployment.name", "deployment.model", "deployment.instance_count"];

/** Whether a fault stands at a field of its own. */
export function isFieldProblem({ path }: DeployProblem): boolean {
  return fields.includes(path);
}
