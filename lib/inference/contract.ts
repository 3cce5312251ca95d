import { z } from "zod";
import { operation } from "#lib/api/operation.ts";
import { draftName, draftText } from "#lib/designer/model.ts";

const oneRun = z.object({ workspace: z.string(), run: z.string() });

/** A model or a transform that the run fitted, as it was registered for the new pipeline. */
const savedModel = z.object({
  node: z.string(),
  kind: z.enum(["model", "transform"]),
  name: z.string(),
  version: z.string(),
});

/** A table of scores that a step reads, and where it comes from. */
const readScore = z.object({
  /** The port that reads it. */
  input: z.string(),
  scoreNode: z.string(),
  scoreDisplayName: z.string(),
  /** The run of the step that scored, and its output. */
  run: z.string(),
  output: z.string(),
  /** The step that trained the model; null for a saved one. */
  trainNode: z.string().nullable(),
  /** Whether the step that scores takes another threshold. */
  takesThreshold: z.boolean(),
});

export const inferenceContract = {
  paths: operation({
    method: "GET",
    path: "/workspaces/{workspace}/runs/{run}/inference-paths",
    access: "reader",
    summary: "The trained models of a pipeline run that are scored with",
  })
    .input(oneRun)
    .output(
      z.object({
        items: z.array(
          z.object({
            trainNode: z.string(),
            trainDisplayName: z.string(),
            scoreNode: z.string(),
            scoreDisplayName: z.string(),
          }),
        ),
      }),
    ),
  scores: operation({
    method: "GET",
    path: "/workspaces/{workspace}/runs/{run}/scores",
    access: "reader",
    summary: "The scored tables that a step of a pipeline reads, such as those that were evaluated",
  })
    .input(oneRun)
    .output(z.object({ pipeline: z.string().nullable(), items: z.array(readScore) })),
  create: operation({
    method: "POST",
    path: "/workspaces/{workspace}/runs/{run}/inference-pipeline",
    access: "contributor",
    summary: "Make a draft that scores from a completed training pipeline",
    description:
      "Registers the trained model and the fitted transforms. Where the pipeline trains several models, train_node says which.",
    status: 201,
  })
    .input(
      oneRun.extend({
        mode: z.enum(["real-time", "batch"]),
        trainNode: z.string().max(255).optional(),
        /** Of the steps that score with it; the first when left out. */
        scoreNode: z.string().max(255).optional(),
        /** From which probability on the positive class is called; as the run had it when left out. */
        threshold: z.number().min(0).max(1).optional(),
        /** Of the draft; found in the run's name when left out. */
        name: draftName.optional(),
      }),
    )
    .output(z.object({ draft: z.string(), name: z.string(), saved: z.array(savedModel) })),
  package: operation({
    method: "POST",
    path: "/workspaces/{workspace}/inference-models",
    access: "contributor",
    summary: "Make a model of a pipeline that scores, ready to be deployed",
    description: "The pipeline has one Web Service Input and one Web Service Output.",
    status: 201,
  })
    .input(
      z.object({
        workspace: z.string(),
        /** YAML of the pipeline. */
        text: draftText,
        /** Of the model; a name that there is gets a new version. */
        name: z.string().min(1).max(255),
        description: z.string().max(10_000).optional(),
      }),
    )
    .output(z.object({ name: z.string(), version: z.string() })),
};
