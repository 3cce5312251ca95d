import { z } from "zod";
import { operation } from "#lib/api/operation.ts";

/**
 * The code of components. One file: `GET …/components/{component}/versions/{version}/file?path=&download=1` (a raw route).
 */
export const componentFilesContract = {
  list: operation({
    method: "GET",
    path: "/workspaces/{workspace}/components/{component}/versions/{version}/files",
    access: "reader",
    summary: "The code of a component, or the files of a module",
  })
    .input(z.object({ workspace: z.string(), component: z.string(), version: z.string() }))
    .output(z.object({ items: z.array(z.object({ path: z.string(), sizeBytes: z.number() })) })),
};
