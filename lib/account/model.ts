import { z } from "zod";
import { myWorkspace } from "#lib/workspaces/model.ts";

export const me = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  isAdmin: z.boolean(),
  /** UTC milliseconds. */
  createdAt: z.number(),
  workspaces: z.array(myWorkspace),
});
export type Me = z.infer<typeof me>;

/** A token as its owner sees it again; its text is shown once, when it is made. */
export const accessToken = z.object({
  id: z.string(),
  name: z.string(),
  /** The only workspace where it works; null for all of its owner's. */
  workspace: z.string().nullable(),
  createdAt: z.number(),
  expiresAt: z.number().nullable(),
  lastUsedAt: z.number().nullable(),
});
export type AccessToken = z.infer<typeof accessToken>;

export const newAccessToken = accessToken.extend({ token: z.string() });
export type NewAccessToken = z.infer<typeof newAccessToken>;

export const tokenName = z.string().trim().min(1, "is missing").max(80, "may have 80 characters at most");

/** Days until a token ends; at most a year. */
export const tokenLifetimeDays = z.coerce.number().int().min(1).max(365).default(90);
