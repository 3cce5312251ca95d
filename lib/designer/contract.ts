import { z } from "zod";
import { operation } from "#lib/api/operation.ts";
import { flag, pageInput, pageOf } from "#lib/api/page.ts";
import { assetName } from "#lib/assets/model.ts";
import { queryAnswer, tableProfile } from "#lib/tables/model.ts";
import {
  draft,
  draftDifference,
  draftName,
  draftSorts,
  draftSummary,
  draftText,
  draftTrend,
  draftVersion,
  preview,
  submitMemory,
} from "./model.ts";

const workspace = z.string();
const one = z.object({ workspace, draft: z.string() });
const base = "/workspaces/{workspace}/drafts" as const;
const byId = `${base}/{draft}` as const;
const previewKey = z.string().min(1).max(500);
const version = z.coerce.number().int().min(1);

/**
 * Drafts of pipelines. People edit one together over the WebSocket `/collab` (Hocuspocus; the document's name is
 * `<workspace>/<draft id>`); these operations are for everything else. Live events: kind `draft` (name: the draft's id),
 * kind `preview` (name: the preview's key).
 */
export const designerContract = {
  list: operation({
    method: "GET",
    path: base,
    access: "reader",
    summary: "Drafts, by name or by when they were made or changed",
  })
    .input(
      z.object({
        workspace,
        search: z.string().max(255).optional(),
        mine: flag.optional(),
        sort: z.enum(draftSorts).default("updated"),
        /** Names from A on and instants from the newest on when left out. */
        order: z.enum(["asc", "desc"]).optional(),
        ...pageInput,
      }),
    )
    .output(pageOf(draftSummary)),
  get: operation({ method: "GET", path: byId, access: "reader", summary: "A draft with its text" })
    .input(one)
    .output(draft),
  create: operation({
    method: "POST",
    path: base,
    access: "contributor",
    summary: "Make a draft: empty, from text, from a run's pipeline or from a sample",
    status: 201,
  })
    .input(
      z.object({
        workspace,
        /** Found in the text, or “Pipeline of <date>”, when left out. */
        name: draftName.optional(),
        /** YAML of a pipeline job. */
        text: draftText.optional(),
        /** The name of a pipeline run. */
        run: z.string().optional(),
        /** The name of a sample pipeline. */
        sample: z.string().optional(),
      }),
    )
    .output(draft),
  samples: operation({
    method: "GET",
    path: "/workspaces/{workspace}/sample-pipelines",
    access: "reader",
    summary: "Ready pipelines to start from",
  })
    .input(z.object({ workspace }))
    .output(
      z.object({
        items: z.array(
          z.object({
            name: z.string(),
            displayName: z.string(),
            description: z.string(),
            text: z.string(),
          }),
        ),
      }),
    ),
  save: operation({
    method: "PUT",
    path: `${byId}/text`,
    access: "contributor",
    summary: "Replace the text; who edits meanwhile keeps what the new text leaves alone",
  })
    .input(
      one.extend({
        text: draftText,
        /** The text that was edited; what others changed since then stays. */
        base: draftText.optional(),
        note: z.string().max(255).optional(),
      }),
    )
    .output(draft),
  rename: operation({ method: "PATCH", path: byId, access: "contributor", summary: "Rename a draft" })
    .input(one.extend({ name: draftName.optional(), description: z.string().max(10_000).optional() }))
    .output(draft),
  delete: operation({
    method: "DELETE",
    path: byId,
    access: "contributor",
    summary: "Delete a draft with its versions",
  })
    .input(one)
    .output(z.object({})),
  clone: operation({
    method: "POST",
    path: `${byId}/clone`,
    access: "contributor",
    summary: "Copy a draft",
    status: 201,
  })
    .input(one.extend({ name: draftName.optional() }))
    .output(draft),
  versions: operation({
    method: "GET",
    path: `${byId}/versions`,
    access: "reader",
    summary: "Who changed a draft and when, newest first",
  })
    .input(one.extend(pageInput))
    .output(pageOf(draftVersion)),
  version: operation({
    method: "GET",
    path: `${byId}/versions/{version}`,
    access: "reader",
    summary: "One version with its text",
  })
    .input(one.extend({ version }))
    .output(draftVersion.extend({ text: z.string() })),
  restore: operation({
    method: "POST",
    path: `${byId}/versions/{version}/restore`,
    access: "contributor",
    summary: "Make an earlier version the newest",
  })
    .input(one.extend({ version }))
    .output(draft),
  diff: operation({
    method: "GET",
    path: `${byId}/diff`,
    access: "reader",
    summary: "What differs between two versions, as a drawing needs it",
  })
    .input(
      one.extend({
        from: version,
        /** The present text when left out. */
        to: version.optional(),
      }),
    )
    .output(z.object({ difference: draftDifference, before: z.string(), after: z.string() })),
  rememberSubmit: operation({
    method: "PUT",
    path: `${byId}/submit-memory`,
    access: "contributor",
    summary: "Keep what a person filled in to submit",
  })
    .input(
      one.extend({
        memory: submitMemory,
        /** The name of the run that was started. */
        run: z.string().optional(),
      }),
    )
    .output(z.object({})),
  uses: operation({
    method: "GET",
    path: "/workspaces/{workspace}/draft-uses",
    access: "reader",
    summary: "Drafts that use a component, dataset or model",
  })
    .input(
      z.object({
        workspace,
        kind: z.enum(["component", "dataset", "model", "environment"]),
        name: z.string(),
        version: z.string().optional(),
      }),
    )
    .output(
      z.object({
        items: z.array(
          z.object({ draft: draftSummary, nodes: z.array(z.string()), references: z.array(z.string()) }),
        ),
      }),
    ),
  open: operation({
    method: "POST",
    path: `${byId}/open`,
    access: "contributor",
    summary: "Say that a draft is being edited: what previews need is made warm",
  })
    .input(one)
    .output(z.object({})),
  preview: operation({
    method: "POST",
    path: "/workspaces/{workspace}/previews",
    access: "reader",
    summary: "What an output port holds, computed on a sample; answered at once when it is known",
    description: "A reader is told what is known; nothing is computed for them.",
  })
    .input(
      z.object({
        workspace,
        /** Of the draft that is edited; with it, what the draft asked for before and nobody needs any more is canceled. */
        draft: z.string().optional(),
        /** The text as it is shown; the stored one of the draft when left out. */
        text: draftText.optional(),
        /** A node, or `inputs.<name>` for a data node. */
        node: z.string(),
        /** The first output when left out. */
        port: z.string().optional(),
        /** Compute also what is heavy. */
        heavy: z.boolean().default(false),
        /** Compute anew what failed. */
        again: z.boolean().default(false),
        /** Compute; otherwise only tell what is known. */
        compute: z.boolean().default(true),
        /** A pipeline run whose outputs stand for steps that are not computed on a sample. */
        run: z.string().optional(),
        /** `run`: what that run gave at the port, instead of what the draft would. */
        from: z.enum(["draft", "run"]).default("draft"),
      }),
    )
    .output(preview),
  cancelPreview: operation({
    method: "POST",
    path: "/workspaces/{workspace}/previews/cancel",
    access: "contributor",
    summary: "Stop computing a preview",
  })
    .input(z.object({ workspace, key: previewKey }))
    .output(z.object({})),
  queryPreview: operation({
    method: "POST",
    path: "/workspaces/{workspace}/previews/query",
    access: "reader",
    summary: "Ask the rows of a preview in SQL: one SELECT over the table `data`",
    description: "It reaches nothing but these rows, within 10 s. A fault is a 400 with line and column.",
  })
    .input(z.object({ workspace, key: previewKey, sql: z.string().max(20_000) }))
    .output(
      queryAnswer.extend({
        /** Only so many of the rows were asked; null: all. */ cut: z.number().nullable(),
      }),
    ),
  profilePreview: operation({
    method: "POST",
    path: "/workspaces/{workspace}/previews/profile",
    access: "reader",
    summary: "The profile of each column of the rows of a preview",
  })
    .input(z.object({ workspace, key: previewKey }))
    .output(tableProfile),
  saveRows: operation({
    method: "POST",
    path: "/workspaces/{workspace}/previews/save",
    access: "contributor",
    summary: "Save the rows of a preview as a version of a dataset",
    status: 201,
  })
    .input(
      z.object({
        workspace,
        key: previewKey,
        name: assetName,
        description: z.string().max(10_000).default(""),
      }),
    )
    .output(z.object({ name: z.string(), version: z.string(), rowCount: z.number().nullable() })),
  trend: operation({
    method: "GET",
    path: `${byId}/trend`,
    access: "reader",
    summary: "The main metric over the last runs of a draft",
  })
    .input(
      one.extend({
        /** A step: its own metric, or that of the nearest step after it. */
        node: z.string().optional(),
        limit: z.coerce.number().int().min(1).max(100).default(12),
      }),
    )
    .output(draftTrend),
};
