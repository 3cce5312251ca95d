import type { z } from "zod";
import { choice, freeText, mapping, name, opaqueMap, opt, tagMap, text, version } from "../fields.ts";
import { modelTypes, pathProblem } from "./data-types.ts";
import type { KindDefinition } from "./kind-definition.ts";

const shape = {
  name,
  version: opt(version),
  description: opt(freeText),
  tags: opt(tagMap),
  properties: opt(tagMap),
  /** Found out from the files where it is not given. */
  type: opt(choice(modelTypes)),
  path: text,
  flavors: opt(opaqueMap),
  stage: opt(text),
  datastore: opt(text),
};

const readOnly = ["job_name", "utc_time_created", "labels"];

export const modelSchema = withPath(mapping(shape, readOnly));
export type ModelSpec = z.output<typeof modelSchema>;

/** Inside a deployment: the name may be missing. */
export const inlineModelSchema = withPath(mapping({ ...shape, name: opt(name) }, readOnly));
export type InlineModel = z.output<typeof inlineModelSchema>;

export const modelKind: KindDefinition<ModelSpec> = {
  schema: modelSchema,
  keys: Object.keys(shape),
  toMapping: (spec) => spec,
  localFields: () => [{ path: ["path"], purpose: "model", expects: "any" }],
};

function withPath<T extends z.ZodType<{ path: string }>>(schema: T) {
  return schema.superRefine((model, ctx) => {
    const problem = pathProblem(model.path);
    if (problem !== undefined) ctx.addIssue({ code: "custom", path: ["path"], message: problem });
  });
}
