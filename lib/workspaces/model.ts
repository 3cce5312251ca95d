import { z } from "zod";
import { workspaceRoles } from "#lib/auth/access.ts";

/** First parts of the studio's own addresses, which no workspace may take. */
const reservedNames = new Set(
  "account api app assets atelier auth docs fonts healthz help invite invites login logout me mlflow new new-workspace public readyz robots settings setup sign-in sign-out static studio welcome workspaces".split(
    " ",
  ),
);

/** In every address of the workspace, so it never changes: lower-case letters, digits and dashes. */
export const workspaceName = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,38}[a-z0-9]$/,
    "use 2 to 40 lower-case letters, digits and dashes, with a letter or digit at both ends",
  )
  .refine((name) => !reservedNames.has(name), "is a word of the studio's own addresses. Choose another.");

export const workspaceDisplayName = z
  .string()
  .trim()
  .min(1, "is missing")
  .max(60, "may have 60 characters at most");

export const teamName = workspaceDisplayName;
export const workspaceDescription = z.string().trim().max(500, "may have 500 characters at most");
export const role = z.enum(workspaceRoles);

/** A workspace name made from words: "Growth analytics" → `growth-analytics`. */
export function suggestWorkspaceName(words: string): string {
  return words
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-+|-+$/g, "");
}

/** A workspace as one of its members sees it in lists. */
export const myWorkspace = z.object({
  name: z.string(),
  displayName: z.string(),
  description: z.string(),
  teamName: z.string(),
  role,
});
export type MyWorkspace = z.infer<typeof myWorkspace>;

export const workspace = myWorkspace.extend({
  memberCount: z.number().int(),
  /** The name of who made it. */
  createdBy: z.string(),
  /** UTC milliseconds. */
  createdAt: z.number(),
});
export type Workspace = z.infer<typeof workspace>;
