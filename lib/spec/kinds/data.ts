import { z } from "zod";
import { choice, freeText, mapping, name, opt, tagMap, text, version } from "../fields.ts";
import { dataTypes, pathProblem } from "./data-types.ts";
import type { KindDefinition } from "./kind-definition.ts";

const shape = {
  name,
  version: opt(version),
  description: opt(freeText),
  tags: opt(tagMap),
  properties: opt(tagMap),
  type: choice(dataTypes).default("uri_folder"),
  path: text,
  datastore: opt(text),
  auto_delete_setting: opt(
    mapping({
      condition: choice(["created_greater_than", "last_accessed_greater_than"]),
      value: text.pipe(z.string().regex(/^\d+d$/, "must be a number of days, such as 30d.")),
    }),
  ),
};

export const dataSchema = mapping(shape).superRefine((data, ctx) => {
  const problem = pathProblem(data.path);
  if (problem !== undefined) ctx.addIssue({ code: "custom", path: ["path"], message: problem });
});

export type DataSpec = z.output<typeof dataSchema>;

export const dataKind: KindDefinition<DataSpec> = {
  schema: dataSchema,
  keys: Object.keys(shape),
  toMapping: (spec) => spec,
  localFields: (raw) => [
    {
      path: ["path"],
      purpose: "data",
      expects: typeof raw.type === "string" && raw.type.toLowerCase() === "uri_file" ? "file" : "folder",
    },
  ],
};
