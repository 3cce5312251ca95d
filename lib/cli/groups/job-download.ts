import { join } from "node:path";
import { isTerminal } from "#lib/spec/statuses.ts";
import type { Connection } from "../connection.ts";
import { downloadFolder } from "../download.ts";

export interface DownloadFlags {
  name: string;
  downloadPath?: string;
  outputName?: string;
  all?: boolean;
}

/** Which files are asked for, and the folder that `az ml job download` puts them in. */
function wantedFiles({ outputName, all }: DownloadFlags): { of: string; folder: string } {
  if (outputName && outputName !== "default" && outputName !== "artifacts")
    return { of: `outputs.${outputName}`, folder: join("named-outputs", outputName) };
  return all ? { of: "all", folder: "." } : { of: "artifacts", folder: "artifacts" };
}

/** Saves files of a run that has ended. Answers the folder. */
export async function downloadJob(
  flags: DownloadFlags,
  connection: Connection,
  workspace: string,
): Promise<string> {
  const run = await connection.api.runs.get({ workspace, run: flags.name });
  if (!isTerminal(run.status))
    throw new Error(`${flags.name} is ${run.status}. Its files can be downloaded once it has ended.`);
  const { of, folder } = wantedFiles(flags);
  const path = `/workspaces/${encodeURIComponent(workspace)}/runs/${encodeURIComponent(flags.name)}`;
  const query = new URLSearchParams({ of });
  return downloadFolder(connection, `${path}/zip?${query}`, join(flags.downloadPath ?? ".", folder));
}
