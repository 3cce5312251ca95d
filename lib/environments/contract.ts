import { z } from "zod";
import { operation } from "#lib/api/operation.ts";
import { flag, pageInput, pageOf } from "#lib/api/page.ts";
import { environmentBuild, environmentSummary, environmentVersion } from "./model.ts";

const base = "/workspaces/{workspace}/environments" as const;
const named = z.object({ workspace: z.string(), environment: z.string() });
/** `version` is an exact one, or `@latest`, `@label`. */
const versioned = named.extend({ version: z.string() });

/** Environments: packages on a base image, versioned. The curated ones are in every workspace. */
export const environmentsContract = {
  list: operation({ method: "GET", path: base, access: "reader", summary: "Environments" })
    .input(
      z.object({
        workspace: z.string(),
        search: z.string().max(255).optional(),
        archived: flag.optional(),
        ...pageInput,
      }),
    )
    .output(pageOf(environmentSummary)),
  create: operation({
    method: "POST",
    path: base,
    access: "contributor",
    summary: "Make an environment, or its next version",
    status: 201,
  })
    .input(
      z.object({
        workspace: z.string(),
        /** An environment file: YAML, or the mapping that it stands for (`pip_file`: lines of requirements). */
        spec: z.union([z.string().max(1024 * 1024), z.record(z.string(), z.unknown())]),
      }),
    )
    .output(environmentVersion),
  versions: operation({
    method: "GET",
    path: `${base}/{environment}/versions`,
    access: "reader",
    summary: "Versions of an environment, newest first",
  })
    .input(named)
    .output(z.object({ items: z.array(environmentVersion) })),
  get: operation({
    method: "GET",
    path: `${base}/{environment}/versions/{version}`,
    access: "reader",
    summary: "One version of an environment",
  })
    .input(versioned)
    .output(environmentVersion),
  update: operation({
    method: "PATCH",
    path: `${base}/{environment}/versions/{version}`,
    access: "contributor",
    summary: "Change what is said about a version",
  })
    .input(
      versioned.extend({
        description: z.string().max(100_000).optional(),
        tags: z.record(z.string(), z.string()).optional(),
        archived: z.boolean().optional(),
      }),
    )
    .output(environmentVersion),
  archive: operation({
    method: "POST",
    path: `${base}/{environment}/archive`,
    access: "contributor",
    summary: "Take an environment out of the lists, or bring it back",
  })
    .input(named.extend({ archived: z.boolean().default(true) }))
    .output(z.object({ name: z.string(), archived: z.boolean() })),
  build: operation({
    method: "POST",
    path: `${base}/{environment}/versions/{version}/build`,
    access: "contributor",
    summary: "Build a version now, so that the first run need not wait",
  })
    .input(versioned.extend({ kind: z.enum(["image", "venv"]).default("image") }))
    .output(environmentVersion),
  buildLog: operation({
    method: "GET",
    path: `${base}/{environment}/versions/{version}/build-log`,
    access: "reader",
    summary: "What the last build of a version printed",
  })
    .input(versioned.extend({ kind: z.enum(["image", "venv"]).default("image") }))
    .output(z.object({ build: environmentBuild.nullable(), log: z.string() })),
};
