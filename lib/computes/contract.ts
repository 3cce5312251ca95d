import { z } from "zod";
import { operation } from "#lib/api/operation.ts";
import { computeTarget } from "./model.ts";

const base = "/workspaces/{workspace}/computes" as const;
const one = z.object({ workspace: z.string(), compute: z.string() });
const size = z.number().int().min(1);

/** Compute targets: where runs execute. */
export const computesContract = {
  list: operation({ method: "GET", path: base, access: "reader", summary: "Compute targets" })
    .input(z.object({ workspace: z.string() }))
    .output(z.object({ items: z.array(computeTarget) })),
  get: operation({
    method: "GET",
    path: `${base}/{compute}`,
    access: "reader",
    summary: "One compute target",
  })
    .input(one)
    .output(computeTarget),
  create: operation({
    method: "POST",
    path: base,
    access: "owner",
    summary: "Make a compute target",
    status: 201,
  })
    .input(
      z.object({
        workspace: z.string(),
        /** A compute file: YAML, or the mapping that it stands for. */
        spec: z.union([z.string().max(100_000), z.record(z.string(), z.unknown())]),
      }),
    )
    .output(computeTarget),
  update: operation({
    method: "PATCH",
    path: `${base}/{compute}`,
    access: "owner",
    summary: "Change a compute target; runs that hold a slot go on",
  })
    .input(
      one.extend({
        maxInstances: size.max(1000).optional(),
        cpus: size.max(1024).nullable().optional(),
        memoryMib: size.nullable().optional(),
        description: z.string().max(10_000).optional(),
        tags: z.record(z.string(), z.string()).optional(),
      }),
    )
    .output(computeTarget),
  delete: operation({
    method: "DELETE",
    path: `${base}/{compute}`,
    access: "owner",
    summary: "Delete a compute target that no open run uses",
  })
    .input(one)
    .output(z.object({ name: z.string() })),
};
