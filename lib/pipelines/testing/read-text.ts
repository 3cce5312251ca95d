import { loadSpecText } from "#lib/spec/load-text.ts";
import { type ReadGraph, readGraph } from "../read/read-graph.ts";
import { sampleLookup, trainingPipeline } from "./sample-lookup.ts";

export const lookup = sampleLookup();

/** A text that is a pipeline as a graph, components from the samples. */
export function readText(text: string): ReadGraph {
  const { spec, document } = loadSpecText(text, { kind: "job", fileName: "p.yml" });
  if (spec.type !== "pipeline") throw new Error("no pipeline");
  return readGraph(spec, lookup, { document });
}

/** The pipeline that trains, with a piece of its text replaced. */
export function changeTraining(from: string, to: string): string {
  if (!trainingPipeline.includes(from)) throw new Error(`there is no “${from}” to replace`);
  return trainingPipeline.replace(from, to);
}
