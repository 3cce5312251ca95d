import type { Queryable } from "#db/client.ts";
import { createAssetVersion } from "#lib/assets/commands.ts";
import { isAppError } from "#lib/core/errors.ts";
import { noteRun } from "#lib/runs/transition.ts";
import { modelTypes } from "#lib/spec/kinds/data-types.ts";
import type { CollectedOutput } from "./collect-outputs.ts";
import type { HeldAttempt } from "./held-attempt.ts";
import type { HeldJob } from "./load-held-job.ts";

/**
 * Registers the outputs that the job gives a name, in the transaction in which the run completes. One that cannot be (its
 * version exists) is noted; the run has done its work all the same.
 */
export async function registerOutputs(
  tx: Queryable,
  held: HeldAttempt,
  job: HeldJob,
  collected: CollectedOutput[],
): Promise<Map<string, string>> {
  const { run } = held;
  const registered = new Map<string, string>();
  for (const output of collected) {
    const spec = job.spec.outputs[output.name];
    const name = spec?.name;
    if (!spec || name === undefined) continue;
    try {
      // A savepoint, so that a refused version does not take the end of the run with it.
      const { version } = await tx.transaction((inner) =>
        createAssetVersion(inner, {
          workspaceId: run.workspaceId,
          kind: (modelTypes as readonly string[]).includes(spec.type) ? "model" : "dataset",
          name,
          version: spec.version,
          type: spec.type,
          source: output.source,
          path: `azureml://jobs/${run.name}/outputs/${output.name}/paths/`,
          description: spec.description,
          sizeBytes: output.sizeBytes,
          runId: run.id,
          createdBy: run.createdBy ?? undefined,
        }),
      );
      registered.set(output.name, version.id);
      await noteRun(
        tx,
        run,
        `Output “${output.name}” registered as ${name}:${version.version}`,
        held.attempt.id,
      );
    } catch (error) {
      if (!isAppError(error)) throw error;
      await noteRun(
        tx,
        run,
        `Output “${output.name}” was not registered: ${error.userMessage}`,
        held.attempt.id,
      );
    }
  }
  return registered;
}
