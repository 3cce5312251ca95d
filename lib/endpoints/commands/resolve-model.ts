import type { Queryable } from "#db/client.ts";
import type { AssetVersion } from "#lib/assets/commands.ts";
import { getAssetVersion } from "#lib/assets/queries.ts";
import { invalid, isAppError } from "#lib/core/errors.ts";
import { parseRef } from "#lib/spec/parse-ref.ts";

export interface ChosenModel {
  name: string;
  version: AssetVersion;
}

/** The registered version that `model` of a deployment means; an error that names the field when there is none. */
export async function resolveModel(db: Queryable, workspaceId: string, text: string): Promise<ChosenModel> {
  const ref = parseRef(text);
  if (ref.kind !== "asset") {
    throw invalid(
      "model",
      `“${text}” is not registered. Register it as a model first, then deploy azureml:<name>:<version>.`,
      text,
    );
  }
  const found = await getAssetVersion(db, workspaceId, "model", ref.name, ref).catch((error: unknown) => {
    if (!isAppError(error) || error.code !== "NOT_FOUND") throw error;
    throw invalid("model", `There is no model ${text.replace(/^azureml:/, "")} in this workspace.`, text);
  });
  if (found.version.type !== "mlflow_model") {
    throw invalid(
      "model",
      `${found.asset.name}:${found.version.version} is a ${found.version.type}. Endpoints serve models in MLflow's format (type mlflow_model).`,
      text,
    );
  }
  return { name: found.asset.name, version: found.version };
}
