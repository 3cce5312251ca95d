import type { runPorts } from "#db/schema/index.ts";
import type { PlanNode } from "#lib/pipelines/model.ts";
import { findUnfitValue } from "./output-values.ts";
import { RunFailure } from "./run-failure.ts";

type Port = Pick<typeof runPorts.$inferSelect, "name" | "type" | "value"> & { direction?: string };

/** The values among the inputs of a run, by name. */
export function textsOf(ports: readonly Port[]): Map<string, string> {
  return new Map(
    ports
      .filter(({ type, direction }) => type === "literal" && direction !== "output")
      .map(({ name, value }) => [name, value ?? ""]),
  );
}

/** Ends a step whose parameters cannot take what the steps before it gave, before anything is started for it. */
export function checkValues(node: PlanNode, texts: ReadonlyMap<string, string>): void {
  const unfit = findUnfitValue(node, texts);
  if (!unfit) return;
  throw new RunFailure({ code: "INPUT_WRONG", ...unfit }, "Preparing");
}
