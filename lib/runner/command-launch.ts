import { posix } from "node:path";
import type { ComputeProvider, LaunchSpec } from "#lib/compute/port.ts";
import { resolveTemplate } from "#lib/spec/expressions.ts";
import { isOneFile } from "./declared-outputs.ts";
import type { HeldJob } from "./load-held-job.ts";
import { codeFolder, outputsFolder } from "./places.ts";
import type { RunPlace } from "./run-variables.ts";

/** How a command is launched, without its files and variables: where its inputs and outputs are stands in its text. */
export async function commandLaunch(
  provider: ComputeProvider,
  job: Pick<HeldJob, "command" | "outputs" | "limits">,
  given: {
    attemptId: string;
    environment: LaunchSpec["environment"];
    /** Paths and texts by name. */
    inputs: Map<string, string>;
  },
): Promise<{
  spec: Omit<LaunchSpec, "env"> & { dirs: string[] };
  place: Pick<RunPlace, "capabilities" | "root" | "inputs" | "outputs">;
}> {
  const { limits } = job;
  const { attemptId, environment, inputs } = given;
  const capabilities = await provider.capabilities();
  const root = provider.rootOf(attemptId);
  const outputs = new Map<string, string>();
  const dirs = ["home", posix.join(codeFolder, "outputs"), posix.join(codeFolder, "logs")];
  for (const [name, output] of Object.entries(job.outputs)) {
    const folder = posix.join(outputsFolder, name);
    dirs.push(folder);
    outputs.set(name, posix.join(root, folder, isOneFile(output.type) ? name : ""));
  }
  const text = (values: Map<string, string>, name: string) => values.get(name)?.replace(/\/$/, "");
  const command = resolveTemplate(job.command, ({ root: section, name }) =>
    section === "inputs" ? text(inputs, name) : section === "outputs" ? text(outputs, name) : undefined,
  );
  return {
    spec: {
      attemptId,
      environment,
      argv: ["/bin/sh", "-c", command],
      workingDir: codeFolder,
      dirs,
      limits: {
        cpus: Math.min(limits.cpus, capabilities.cpus),
        memoryMib: Math.min(limits.memoryMib, capabilities.memoryMib),
        shmMib: limits.shmMib,
      },
    },
    place: { capabilities, root, inputs, outputs },
  };
}
