import { posix } from "node:path";
import { createToken } from "#lib/auth/tokens.ts";
import type { ComputeCapabilities, ComputeProvider } from "#lib/compute/port.ts";
import { AppError } from "#lib/core/errors.ts";
import { type HeldAttempt, writeHeld } from "./held-attempt.ts";

/** A run that is still going after so long needs no tracking any more. */
const tokenDays = 30;

export interface RunPlace {
  workspaceName: string;
  experimentName: string;
  capabilities: ComputeCapabilities;
  /** The attempt's folder as the command sees it. */
  root: string;
  inputs: Map<string, string>;
  outputs: Map<string, string>;
}

/**
 * The variables of a command: with them MLflow works without a line of set-up, and scripts find who they are under the
 * names that they know. The token writes as a contributor of the workspace, for this run, until it ends.
 */
export async function runVariables(
  held: Pick<HeldAttempt, "services" | "provider" | "run" | "attempt">,
  place: RunPlace,
): Promise<Record<string, string>> {
  const { services, run, provider } = held;
  const { env } = services;
  const userId = run.createdBy;
  if (!userId) throw new AppError("UNPROCESSABLE", { userMessage: "The run has no owner." });
  const { token } = await writeHeld(held, (tx) =>
    createToken(tx, {
      userId,
      name: `run ${run.name}`,
      workspaceId: run.workspaceId,
      runId: run.id,
      expiresAt: new Date(Date.now() + tokenDays * 86_400_000),
    }),
  );
  const { hostAddress } = place.capabilities;
  const studio = `http://${hostAddress}:${env.PORT}`;
  const experimentId = String(run.experimentNumber);
  return {
    ...placeVariables(provider, place),
    MLFLOW_TRACKING_URI: `${studio}/mlflow/${place.workspaceName}`,
    MLFLOW_TRACKING_TOKEN: token,
    MLFLOW_RUN_ID: run.name,
    MLFLOW_EXPERIMENT_ID: experimentId,
    MLFLOW_EXPERIMENT_NAME: place.experimentName,
    AZUREML_RUN_ID: run.name,
    AZUREML_RUN_TOKEN: token,
    AZUREML_RUN_TOKEN_EXPIRY: String(Math.floor(Date.now() / 1000) + tokenDays * 86_400),
    AZUREML_EXPERIMENT_ID: experimentId,
    AZUREML_SERVICE_ENDPOINT: studio,
    AZUREML_WORKSPACE_ID: run.workspaceId,
    AZUREML_ARM_WORKSPACE_NAME: place.workspaceName,
    AZUREML_ARM_PROJECT_NAME: place.experimentName,
    AZUREML_ARM_RESOURCEGROUP: "atelier",
    AZUREML_ARM_SUBSCRIPTION: "00000000-0000-0000-0000-000000000000",
    ATELIER_URL: studio,
    ATELIER_TOKEN: token,
    ATELIER_WORKSPACE: place.workspaceName,
    ATELIER_RUN: run.name,
  };
}

/** Those that a command has wherever it runs and whoever asks for it. */
export function placeVariables(
  provider: ComputeProvider,
  place: Pick<RunPlace, "capabilities" | "root" | "inputs" | "outputs">,
): Record<string, string> {
  const { hostAddress } = place.capabilities;
  return {
    PYTHONUNBUFFERED: "1",
    GIT_PYTHON_REFRESH: "quiet",
    // Its links name the studio as a container reaches it, which leads nowhere in a person's browser.
    MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT: "true",
    NO_PROXY: [process.env.NO_PROXY ?? process.env.no_proxy, "localhost", "127.0.0.1", hostAddress]
      .filter(Boolean)
      .join(","),
    ...(provider.images ? { HOME: posix.join(place.root, "home") } : {}),
    ...prefixed("AZURE_ML_INPUT_", place.inputs),
    ...prefixed("AZURE_ML_OUTPUT_", place.outputs),
  };
}

function prefixed(prefix: string, values: Map<string, string>): Record<string, string> {
  return Object.fromEntries([...values].map(([name, value]) => [prefix + name.replace(/\W/g, "_"), value]));
}
