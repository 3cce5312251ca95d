"use client";

import { useQuery } from "@tanstack/react-query";
import { evaluation } from "./evaluation-model.ts";

export interface EvaluationPlace {
  workspace: string;
  runName: string;
  /** The output of the run that holds `evaluation.json`. */
  outputName: string;
}

/** Where `evaluation.json` of an output is fetched. */
export function evaluationFileHref({ workspace, runName, outputName }: EvaluationPlace): string {
  const query = new URLSearchParams({ of: `outputs.${outputName}`, path: "evaluation.json" });
  return `/api/v1/workspaces/${workspace}/runs/${runName}/file?${query}`;
}

/** The evaluation as a page of its own. */
export function evaluationPageHref({ workspace, runName, outputName }: EvaluationPlace): string {
  return `/${workspace}/runs/${runName}/evaluation/${encodeURIComponent(outputName)}`;
}

/** What Evaluate Model wrote; it never changes once the run has ended. */
export function useEvaluation(place: EvaluationPlace) {
  const href = evaluationFileHref(place);
  return useQuery({
    queryKey: ["evaluation", href],
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    queryFn: async ({ signal }) => {
      const response = await fetch(href, { signal });
      if (!response.ok)
        throw new Error(`There is no evaluation in “${place.outputName}” of ${place.runName}.`);
      return evaluation.parse(await response.json());
    },
  });
}
