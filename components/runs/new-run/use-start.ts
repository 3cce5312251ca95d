"use client";

import { useQuery } from "@tanstack/react-query";
import { orpc } from "#lib/api/client.ts";
import { cloneJob, jobWithData } from "../clone-job.ts";
import { emptyJob, writeText } from "../job-document.ts";
import type { UploadedCode } from "../upload-code.ts";

export interface Start {
  text: string;
  code: UploadedCode | null;
  /** The run that is cloned, as people know it. */
  clonedName?: string;
}

export interface StartFrom {
  /** A run to clone. */
  from: string;
  /** A dataset to read: `name:version`, or a name alone for its newest version. */
  data: string;
  /** A reference. */
  environment: string;
}

/** What the page begins with: a run to clone, a dataset to read, or a job with nothing but a command. */
export function useStart(
  workspace: string,
  { from, data, environment }: StartFrom,
): { start?: Start; error: unknown } {
  const [dataName = "", dataVersion = "@latest"] = data.split(":");
  const run = useQuery(
    orpc.runs.get.queryOptions({ input: { workspace, run: from }, enabled: from !== "", staleTime: 60_000 }),
  );
  const dataset = useQuery(
    orpc.datasets.getVersion.queryOptions({
      input: { workspace, name: dataName, version: dataVersion },
      enabled: from === "" && dataName !== "",
      staleTime: 60_000,
    }),
  );
  if (from !== "") {
    if (!run.data) return { error: run.error };
    const { snapshot, displayName } = run.data;
    return { start: { text: cloneJob(run.data), code: snapshot, clonedName: displayName }, error: null };
  }
  if (dataName !== "") {
    if (!dataset.data) return { error: dataset.error };
    const { name, version, type } = dataset.data;
    return { start: { text: jobWithData(name, version, type), code: null }, error: null };
  }
  const text = environment ? writeText(emptyJob, "environment", environment) : emptyJob;
  return { start: { text, code: null }, error: null };
}
