import type { Queryable } from "#db/client.ts";
import type { AssetSource } from "#db/schema/index.ts";
import { createAssetVersion } from "#lib/assets/commands.ts";
import { isAppError } from "#lib/core/errors.ts";
import { enqueuePreparation } from "#lib/datasets/commands.ts";
import { noteRun, type RunRow } from "#lib/runs/transition.ts";
import { modelTypes } from "#lib/spec/kinds/data-types.ts";

/** An output that gets a name of its own. */
export interface NamedOutput {
  port: string;
  type: string;
  name: string;
  version?: string | undefined;
  source: AssetSource;
  description?: string | undefined;
  sizeBytes?: number | undefined;
}

/** What modules write, in the words of assets. */
const assetTypes: Record<string, string> = {
  data_frame: "uri_folder",
  trained_model: "custom_model",
  untrained_model: "custom_model",
  transform: "custom_model",
};

/**
 * Registers an output under its name, in the transaction in which the run completes. One that cannot be (its version
 * exists) is noted; the run has done its work all the same. The id of the version, or null.
 */
export async function registerOutput(
  tx: Queryable,
  run: Pick<RunRow, "id" | "name" | "workspaceId" | "createdBy">,
  output: NamedOutput,
  attemptId?: string,
): Promise<string | null> {
  const { port, name, version: asked, source, description, sizeBytes } = output;
  const type = assetTypes[output.type] ?? output.type;
  const kind = (modelTypes as readonly string[]).includes(type) ? "model" : "dataset";
  try {
    // A savepoint, so that a refused version does not take the end of the run with it.
    const { version } = await tx.transaction((inner) =>
      createAssetVersion(inner, {
        workspaceId: run.workspaceId,
        kind,
        name,
        version: asked,
        type,
        source,
        path: `azureml://jobs/${run.name}/outputs/${port}/paths/`,
        description,
        sizeBytes,
        runId: run.id,
        createdBy: run.createdBy ?? undefined,
      }),
    );
    if (kind === "dataset") await enqueuePreparation(tx, run.workspaceId, version.id);
    await noteRun(tx, run, `Output “${port}” registered as ${name}:${version.version}`, attemptId);
    return version.id;
  } catch (error) {
    if (!isAppError(error)) throw error;
    await noteRun(tx, run, `Output “${port}” was not registered: ${error.userMessage}`, attemptId);
    return null;
  }
}
