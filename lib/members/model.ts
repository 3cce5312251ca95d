import { z } from "zod";
import type { WorkspaceRole } from "#lib/auth/access.ts";
import { role } from "#lib/workspaces/model.ts";

export const member = z.object({
  userId: z.string(),
  name: z.string(),
  email: z.string(),
  role,
  /** UTC milliseconds. */
  joinedAt: z.number(),
  lastSeenAt: z.number().nullable(),
});
export type Member = z.infer<typeof member>;

export const invite = z.object({
  id: z.string(),
  role,
  /** When set, only this address may use the link. */
  email: z.string().nullable(),
  /** The name of who made it. */
  createdBy: z.string(),
  createdAt: z.number(),
  expiresAt: z.number(),
});
export type Invite = z.infer<typeof invite>;

export const accessRequest = z.object({
  id: z.string(),
  userId: z.string(),
  name: z.string(),
  email: z.string(),
  /** The page that was asked for, with its query. */
  path: z.string(),
  createdAt: z.number(),
});
export type AccessRequest = z.infer<typeof accessRequest>;

/** A page of the studio with its query; never another site. */
export const studioPath = z
  .string()
  .max(2000)
  .regex(/^\/(?![/\\])/, "must start with one /");

/** What the holder of an invitation is told before accepting. */
export interface InvitePreview {
  workspace: string;
  workspaceDisplayName: string;
  role: WorkspaceRole;
  invitedBy: string;
  email: string | null;
}
