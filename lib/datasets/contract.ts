import { z } from "zod";
import { operation } from "#lib/api/operation.ts";
import { pageInput, pageOf } from "#lib/api/page.ts";
import { tags } from "#lib/assets/model.ts";
import { rowsPage, rowsQuery, tableProfile } from "#lib/tables/model.ts";
import { dataset, datasetSummary, datasetVersion, newDataset } from "./model.ts";

const base = "/workspaces/{workspace}/datasets" as const;
const one = z.object({ workspace: z.string(), name: z.string() });
/** `version` may be `@label`; `@latest` is the newest. */
const oneVersion = one.extend({ version: z.string() });

/**
 * Datasets. Files are uploaded before, by content (`PUT …/blobs`). One file of a version:
 * `GET …/datasets/{name}/versions/{version}/file?path=&download=1` (a raw route).
 */
export const datasetsContract = {
  list: operation({ method: "GET", path: base, access: "reader", summary: "Datasets of a workspace" })
    .input(
      z.object({
        workspace: z.string(),
        /** Part of a name. */
        search: z.string().max(255).optional(),
        archived: z.stringbool().optional(),
        ...pageInput,
      }),
    )
    .output(pageOf(datasetSummary)),
  create: operation({
    method: "POST",
    path: base,
    access: "contributor",
    summary: "Add a version of a dataset",
    description:
      "A table is read whole before anything is saved: a faulty line is a 400 that names line and column.",
    status: 201,
  })
    .input(newDataset.extend({ workspace: z.string() }))
    .output(datasetVersion.extend({ name: z.string() })),
  get: operation({ method: "GET", path: `${base}/{name}`, access: "reader", summary: "One dataset" })
    .input(one)
    .output(dataset),
  update: operation({
    method: "PATCH",
    path: `${base}/{name}`,
    access: "contributor",
    summary: "Change a dataset's words, archive or restore it",
  })
    .input(
      one.extend({
        description: z.string().max(10_000).optional(),
        tags: tags.optional(),
        archived: z.boolean().optional(),
      }),
    )
    .output(dataset),
  delete: operation({
    method: "DELETE",
    path: `${base}/{name}`,
    access: "contributor",
    summary: "Delete a dataset",
    description: "Refused while a run is open that reads it. Version numbers are not used again.",
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
    .output(datasetVersion.extend({ name: z.string() })),
  updateVersion: operation({
    method: "PATCH",
    path: `${base}/{name}/versions/{version}`,
    access: "contributor",
    summary: "Change a version's words, archive or restore it",
  })
    .input(
      oneVersion.extend({
        description: z.string().max(10_000).optional(),
        tags: tags.optional(),
        archived: z.boolean().optional(),
      }),
    )
    .output(datasetVersion.extend({ name: z.string() })),
  rows: operation({
    method: "POST",
    path: `${base}/{name}/versions/{version}/rows`,
    access: "reader",
    summary: "A window of a table's rows, filtered and sorted",
  })
    .input(oneVersion.extend({ query: rowsQuery.prefault({}) }))
    .output(rowsPage),
  profile: operation({
    method: "GET",
    path: `${base}/{name}/versions/{version}/profile`,
    access: "reader",
    summary: "The profile of each column; null while it is made",
  })
    .input(oneVersion)
    .output(z.object({ profile: tableProfile.nullable(), problem: z.string().nullable() })),
  files: operation({
    method: "GET",
    path: `${base}/{name}/versions/{version}/files`,
    access: "reader",
    summary: "The files of a version",
  })
    .input(oneVersion)
    .output(z.object({ files: z.array(z.object({ path: z.string(), sizeBytes: z.number() })) })),
  uses: operation({
    method: "GET",
    path: `${base}/{name}/versions/{version}/uses`,
    access: "reader",
    summary: "The runs that read a version, newest first, and the models that came of them",
  })
    .input(oneVersion)
    .output(
      z.object({
        runs: z.array(
          z.object({ name: z.string(), displayName: z.string(), status: z.string(), createdAt: z.number() }),
        ),
        models: z.array(z.object({ name: z.string(), version: z.string(), runName: z.string() })),
      }),
    ),
};
