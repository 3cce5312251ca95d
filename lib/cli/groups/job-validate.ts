import { loadSpecFile } from "#lib/spec/load.ts";
import { reportOf, reportOfError, type ValidationReport } from "#lib/spec/validate.ts";
import type { Connection } from "../connection.ts";
import { UsageError } from "../errors.ts";
import { checkPipelineFile } from "../pipeline-file.ts";

/**
 * What is wrong with a job file. A pipeline is also looked at as a graph; who is signed in has its components looked up
 * in the workspace.
 */
export async function validateJob(
  flags: { file: string; set?: string[] },
  call: () => { connection: Connection; workspace: string },
): Promise<ValidationReport> {
  try {
    const loaded = await loadSpecFile(flags.file, { kind: "job", set: flags.set ?? [] });
    const { errors, warnings } = await checkPipelineFile(loaded, findStudio(call));
    return reportOf(errors, [...loaded.warnings, ...warnings]);
  } catch (error) {
    return reportOfError(error);
  }
}

/** A file can be checked without a studio, as far as that goes. */
function findStudio(call: () => { connection: Connection; workspace: string }) {
  try {
    const { connection, workspace } = call();
    return { connection, workspace };
  } catch (error) {
    if (error instanceof UsageError) return null;
    throw error;
  }
}
