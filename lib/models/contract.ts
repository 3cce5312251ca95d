import { z } from "zod";
import { operation } from "#lib/api/operation.ts";
import { pageInput, pageOf } from "#lib/api/page.ts";
import { tags } from "#lib/assets/model.ts";
import {
  lineage,
  mlmodelFacts,
  modelAsset,
  modelStage,
  modelSummary,
  modelVersion,
  newModel,
} from "./model.ts";

const base = "/workspaces/{workspace}/models" as const;
const one = z.object({ workspace: z.string(), name: z.string() });
/** `version` may be `@label`; `@latest` is the newest. */
const oneVersion = one.extend({ version: z.string() });
const label = z.string().regex(/^[A-Za-z0-9][\w-]{0,254}$/, "use letters, digits, dashes and underscores");

/**
 * Models. Bytes come from raw routes below `/workspaces/{workspace}/models/{name}/versions/{version}`:
 * `/file?path=&download=1` and `/zip`.
 */
export const modelsContract = {
  list: operation({ method: "GET", path: base, access: "reader", summary: "Models of a workspace" })
    .input(
      z.object({
        workspace: z.string(),
        /** Part of a name. */
        search: z.string().max(255).optional(),
        archived: z.stringbool().optional(),
        ...pageInput,
      }),
    )
    .output(pageOf(modelSummary)),
  register: operation({
    method: "POST",
    path: base,
    access: "contributor",
    summary: "Register a version of a model",
    status: 201,
  })
    .input(newModel.extend({ workspace: z.string() }))
    .output(modelVersion),
  get: operation({ method: "GET", path: `${base}/{name}`, access: "reader", summary: "One model" })
    .input(one)
    .output(modelAsset),
  update: operation({
    method: "PATCH",
    path: `${base}/{name}`,
    access: "contributor",
    summary: "Change a model's words, archive or restore it",
  })
    .input(
      one.extend({
        description: z.string().max(10_000).optional(),
        tags: tags.optional(),
        archived: z.boolean().optional(),
      }),
    )
    .output(modelAsset),
  delete: operation({
    method: "DELETE",
    path: `${base}/{name}`,
    access: "contributor",
    summary: "Delete a model",
    description: "Refused while a deployment serves a version of it. Version numbers are not used again.",
  })
    .input(one)
    .output(z.object({ deletedVersions: z.number().int() })),
  getVersion: operation({
    method: "GET",
    path: `${base}/{name}/versions/{version}`,
    access: "reader",
    summary: "One version",
  })
    .input(oneVersion)
    .output(modelVersion),
  updateVersion: operation({
    method: "PATCH",
    path: `${base}/{name}/versions/{version}`,
    access: "contributor",
    summary: "Change a version's words or stage, archive or restore it",
  })
    .input(
      oneVersion.extend({
        description: z.string().max(10_000).optional(),
        tags: tags.optional(),
        stage: modelStage.optional(),
        archived: z.boolean().optional(),
      }),
    )
    .output(modelVersion),
  setLabel: operation({
    method: "PUT",
    path: `${base}/{name}/labels/{label}`,
    access: "contributor",
    summary: "Point a label at a version; it leaves the one that it pointed at",
  })
    .input(one.extend({ label, version: z.string() }))
    .output(modelVersion),
  deleteLabel: operation({
    method: "DELETE",
    path: `${base}/{name}/labels/{label}`,
    access: "contributor",
    summary: "Take a label away",
  })
    .input(one.extend({ label: z.string() }))
    .output(z.object({})),
  facts: operation({
    method: "GET",
    path: `${base}/{name}/versions/{version}/facts`,
    access: "reader",
    summary: "Flavors, signature and requirements of an MLflow model; null for others",
  })
    .input(oneVersion)
    .output(z.object({ facts: mlmodelFacts.nullable() })),
  files: operation({
    method: "GET",
    path: `${base}/{name}/versions/{version}/files`,
    access: "reader",
    summary: "The files of a version",
  })
    .input(oneVersion)
    .output(z.object({ files: z.array(z.object({ path: z.string(), sizeBytes: z.number() })) })),
  lineage: operation({
    method: "GET",
    path: `${base}/{name}/versions/{version}/lineage`,
    access: "reader",
    summary: "From data by runs to the version, and on to its endpoints",
  })
    .input(oneVersion)
    .output(lineage),
  candidates: operation({
    method: "GET",
    path: "/workspaces/{workspace}/runs/{run}/models",
    access: "reader",
    summary: "The models that a run wrote, ready to be registered",
  })
    .input(z.object({ workspace: z.string(), run: z.string() }))
    .output(z.object({ items: z.array(z.object({ path: z.string(), label: z.string() })) })),
};
