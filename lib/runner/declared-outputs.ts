import { isValueType } from "#lib/components/model.ts";
import type { PlanNode } from "#lib/pipelines/model.ts";

/** What a job or a step says of an output: with a name it is registered. */
export interface DeclaredOutput {
  type: string;
  name?: string | undefined;
  version?: string | undefined;
  description?: string | undefined;
}

/** Whether a command is told a file to write, and not a folder. */
export function isOneFile(type: string): boolean {
  return type === "uri_file" || isValueType(type);
}

/** The outputs of a pipeline's step; its pipeline may name them, whatever its own job says. */
export function declaredOf(node: PlanNode): Record<string, DeclaredOutput> {
  return Object.fromEntries(
    Object.entries(node.outputs).map(([port, { type, register }]) => [
      port,
      { type, name: register?.name, version: register?.version ?? undefined },
    ]),
  );
}
