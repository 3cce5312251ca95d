import { z } from "zod";
import { operation } from "#lib/api/operation.ts";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in 64 lower-case hex digits");
const workspace = z.string();

/** Uploading by content: ask what is missing, PUT it to `/blobs` (a raw route), then name the files of the folder. */
export const filesContract = {
  findMissing: operation({
    method: "POST",
    path: "/workspaces/{workspace}/blobs/missing",
    access: "contributor",
    summary: "Which of these contents are not uploaded yet",
  })
    .input(z.object({ workspace, sha256s: z.array(sha256).max(10_000) }))
    .output(z.object({ missing: z.array(z.string()) })),
  createTree: operation({
    method: "POST",
    path: "/workspaces/{workspace}/trees",
    access: "contributor",
    summary: "Make a folder of uploaded files",
  })
    .input(
      z.object({
        workspace,
        files: z.array(z.object({ path: z.string(), sha256 })).max(100_000),
      }),
    )
    .output(z.object({ digest: z.string(), fileCount: z.number().int(), sizeBytes: z.number() })),
};
