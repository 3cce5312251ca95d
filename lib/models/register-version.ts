import type { Database } from "#db/client.ts";
import type { AssetSource } from "#db/schema/index.ts";
import { type AssetVersion, createAssetVersion } from "#lib/assets/commands.ts";
import { invalid } from "#lib/core/errors.ts";
import type { FileServices } from "#lib/files/commands.ts";
import { type ModelDetails, modelDetails } from "./model.ts";
import { keepFiles } from "./own-copy.ts";

export interface VersionInput {
  name: string;
  version?: string | undefined;
  /** Found out from the files unless given. */
  type?: "mlflow_model" | "custom_model" | "triton_model" | undefined;
  source: AssetSource;
  /** The address that was given. */
  path: string;
  description?: string | undefined;
  tags?: Record<string, string> | undefined;
  properties?: Record<string, string> | undefined;
  details?: Partial<ModelDetails> | undefined;
  /** `runs.id` of the run that wrote the files. */
  runId?: string | undefined;
  createdBy: string;
  /** A version without files is refused unless this is set: MLflow's clients may register first and upload never. */
  mayBeEmpty?: boolean;
}

/** Adds a version over files that are there, of which it gets its own copy where they could still change. */
export async function registerVersion(
  services: FileServices & { db: Database },
  workspaceId: string,
  input: VersionInput,
): Promise<AssetVersion> {
  const outside = input.source.kind === "uri" || input.source.kind === "none";
  const kept = outside ? null : await keepFiles(services, workspaceId, input.source);
  const files = kept?.files ?? [];
  try {
    if (files.length === 0 && !input.mayBeEmpty) {
      throw invalid("source.path", "there are no files at this path.", input.path);
    }
    const hasMlmodel = files.some(({ path }) => path === "MLmodel" || path.endsWith("/MLmodel"));
    if (input.type === "mlflow_model" && !hasMlmodel) {
      throw invalid(
        "type",
        "an mlflow_model has an MLmodel file, and there is none at this path.",
        input.type,
      );
    }
    const empty: AssetSource = outside ? input.source : { kind: "none" };
    return await services.db.transaction(async (tx) => {
      const { version } = await createAssetVersion(tx, {
        workspaceId,
        kind: "model",
        name: input.name,
        version: input.version,
        type: input.type ?? (hasMlmodel ? "mlflow_model" : "custom_model"),
        source: kept && files.length > 0 ? kept.source : empty,
        path: input.path,
        description: input.description,
        tags: input.tags,
        properties: input.properties,
        details: modelDetails.parse(input.details ?? {}),
        sizeBytes: files.reduce((sum, file) => sum + file.sizeBytes, 0),
        runId: input.runId,
        createdBy: input.createdBy,
      });
      return version;
    });
  } catch (error) {
    await kept?.discard();
    throw error;
  }
}
