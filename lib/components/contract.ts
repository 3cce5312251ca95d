import { z } from "zod";
import { operation } from "#lib/api/operation.ts";
import { flag, pageInput, pageOf } from "#lib/api/page.ts";
import {
  componentDefinition,
  componentKinds,
  componentSummary,
  componentUse,
  componentVersion,
} from "./model.ts";

const base = "/workspaces/{workspace}/components" as const;
const named = z.object({ workspace: z.string(), component: z.string() });
/** `version` is an exact one, or `@latest`, `@label`. A module of the studio is found by its name as well. */
const versioned = named.extend({ version: z.string() });

/** A component file: YAML, or the mapping that it stands for. */
const componentSpec = z.union([z.string().max(1024 * 1024), z.record(z.string(), z.unknown())]);

/** Components: reusable steps. The studio's modules are in the palette of every workspace. */
export const componentsContract = {
  palette: operation({
    method: "GET",
    path: `${base}/palette`,
    access: "reader",
    summary: "Everything that can be put on the canvas",
    description:
      "All modules of the studio and the newest version of each component of the workspace that is not archived. `etag` changes when any of them does: sent back, an unchanged palette is answered without its items.",
  })
    .input(z.object({ workspace: z.string(), etag: z.string().max(200).optional() }))
    .output(
      z.object({
        etag: z.string(),
        unchanged: z.boolean(),
        groups: z.array(z.object({ name: z.string(), title: z.string() })),
        items: z.array(componentDefinition),
      }),
    ),
  list: operation({ method: "GET", path: base, access: "reader", summary: "Components of the workspace" })
    .input(
      z.object({
        workspace: z.string(),
        search: z.string().max(255).optional(),
        kind: z.enum(componentKinds).optional(),
        archived: flag.optional(),
        ...pageInput,
      }),
    )
    .output(pageOf(componentSummary)),
  create: operation({
    method: "POST",
    path: base,
    access: "contributor",
    summary: "Make a component, or its next version",
    description:
      "Code that was uploaded before is named in `code` as for a run. A version that exists with the same content is answered as it is; with other content it is a conflict.",
    status: 201,
  })
    .input(
      z.object({
        workspace: z.string(),
        spec: componentSpec,
        /** The file as people wrote it, when `spec` has its references replaced by uploads. */
        specText: z
          .string()
          .max(1024 * 1024)
          .optional(),
      }),
    )
    .output(componentVersion),
  resolve: operation({
    method: "GET",
    path: `${base}/resolve`,
    access: "reader",
    summary: "What a reference in `component:` means",
  })
    .input(z.object({ workspace: z.string(), ref: z.string().max(1000) }))
    .output(componentDefinition),
  versions: operation({
    method: "GET",
    path: `${base}/{component}/versions`,
    access: "reader",
    summary: "Versions of a component, newest first",
  })
    .input(named)
    .output(z.object({ items: z.array(componentVersion) })),
  get: operation({
    method: "GET",
    path: `${base}/{component}/versions/{version}`,
    access: "reader",
    summary: "One version of a component",
  })
    .input(versioned)
    .output(componentVersion),
  update: operation({
    method: "PATCH",
    path: `${base}/{component}/versions/{version}`,
    access: "contributor",
    summary: "Change what is said about a version",
  })
    .input(
      versioned.extend({
        displayName: z.string().trim().min(1).max(255).optional(),
        description: z.string().max(100_000).optional(),
        tags: z.record(z.string(), z.string()).optional(),
        archived: z.boolean().optional(),
      }),
    )
    .output(componentVersion),
  archive: operation({
    method: "POST",
    path: `${base}/{component}/archive`,
    access: "contributor",
    summary: "Take a component out of the lists and the palette, or bring it back",
  })
    .input(named.extend({ archived: z.boolean().default(true) }))
    .output(z.object({ name: z.string(), archived: z.boolean() })),
  uses: operation({
    method: "GET",
    path: `${base}/{component}/uses`,
    access: "reader",
    summary: "Pipelines, drafts and runs that use a component",
  })
    .input(named.extend({ version: z.string().optional(), ...pageInput }))
    .output(pageOf(componentUse)),
};
