import { stringify } from "yaml";
import { emptyJob, readInputs, readJob, readText, setInput, writeText } from "./job-document.ts";

function bareCompute(name: string): string {
  return name.replace(/^azureml:/, "");
}

export interface ClonedRun {
  specText: string | null;
  /** The job as it ran: what was set beside the file is in it. */
  job: Readonly<Record<string, unknown>> | null;
}

/**
 * The job of a run as a text to edit: as it was sent, comments and all, with what was set beside it, and with uploads in
 * place of files of the sender's machine. Its name is left out, since a name is used once.
 */
export function cloneJob({ specText, job }: ClonedRun): string {
  const ran = job ?? {};
  const sent = specText === null ? null : readJob(specText);
  if (!specText || !sent) {
    const { name: _, ...rest } = ran;
    return stringify(rest, { lineWidth: 0 });
  }
  let text = writeText(specText, "name", "");
  for (const key of ["display_name", "experiment_name", "command", "environment", "compute"]) {
    const now = ran[key];
    const before = readText(sent, key);
    if (typeof now !== "string" || now === before) continue;
    if (key === "compute" && (before === "" || bareCompute(before) === bareCompute(now))) continue;
    if (key === "experiment_name" && before === "") continue;
    text = writeText(text, key, now);
  }
  const inputs = (ran.inputs ?? {}) as Record<string, unknown>;
  for (const row of readInputs(sent)) {
    const now = inputs[row.name];
    if (row.kind === "value") {
      const value = typeof now === "object" || now === undefined ? row.value : String(now);
      if (value !== row.value) text = setInput(text, { ...row, value });
      continue;
    }
    const { path, type } = (now ?? {}) as { path?: unknown; type?: unknown };
    if (typeof path === "string" && path !== row.value) {
      text = setInput(text, { ...row, value: path, type: typeof type === "string" ? type : row.type });
    }
  }
  return text;
}

/** A new job that reads a version of a dataset. */
export function jobWithData(name: string, version: string, type: string): string {
  const text = writeText(emptyJob, "command", "python train.py --data $" + "{{inputs.data}}");
  return setInput(text, { name: "data", kind: "data", value: `azureml:${name}:${version}`, type });
}
