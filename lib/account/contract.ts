import { z } from "zod";
import { operation } from "#lib/api/operation.ts";
import { emailAddress, newPassword, personName } from "#lib/auth/model.ts";
import { workspaceDisplayName, workspaceName } from "#lib/workspaces/model.ts";
import { accessToken, me, newAccessToken, tokenLifetimeDays, tokenName } from "./model.ts";

const done = z.object({});

/** The caller's own account: who they are, how they sign in, their tokens. */
export const accountContract = {
  get: operation({
    method: "GET",
    path: "/me",
    access: "user",
    summary: "Who is calling, and their workspaces",
  }).output(me),
  update: operation({ method: "PATCH", path: "/me", access: "person", summary: "Change your name" })
    .input(z.object({ name: personName }))
    .output(me),
  changePassword: operation({
    method: "POST",
    path: "/me/password",
    access: "person",
    summary: "Change your password; ends every session",
  })
    .input(z.object({ currentPassword: z.string().max(200), newPassword }))
    .output(done),
  signOutEverywhere: operation({
    method: "POST",
    path: "/me/sign-out-everywhere",
    access: "person",
    summary: "End every session of yours",
  })
    .input(z.object({}))
    .output(done),
  listTokens: operation({
    method: "GET",
    path: "/me/tokens",
    access: "person",
    summary: "Your access tokens that still work",
  }).output(z.object({ items: z.array(accessToken) })),
  createToken: operation({
    method: "POST",
    path: "/me/tokens",
    access: "person",
    summary: "Make an access token; its text is answered once",
    status: 201,
  })
    .input(
      z.object({
        name: tokenName,
        workspace: z.string().optional(),
        expiresInDays: tokenLifetimeDays,
      }),
    )
    .output(newAccessToken),
  revokeToken: operation({
    method: "DELETE",
    path: "/me/tokens/{id}",
    access: "person",
    summary: "End an access token at once",
  })
    .input(z.object({ id: z.string() }))
    .output(done),
  issueToken: operation({
    method: "POST",
    path: "/auth/token",
    access: "public",
    summary: "An access token for an e-mail and password, for the command line",
  })
    .input(
      z.object({
        email: z.string().max(254),
        password: z.string().max(200),
        name: tokenName.default("Command line"),
        expiresInDays: tokenLifetimeDays,
      }),
    )
    .output(newAccessToken.extend({ user: me.pick({ id: true, email: true, name: true }) })),
  completeSetup: operation({
    method: "POST",
    path: "/setup",
    access: "public",
    summary: "Make the first administrator and workspace, by the link that the first start printed",
    status: 201,
  })
    .input(
      z.object({
        token: z.string().max(200),
        email: emailAddress,
        name: personName,
        password: newPassword,
        workspace: workspaceName,
        workspaceDisplayName: workspaceDisplayName.optional(),
      }),
    )
    .output(z.object({ workspace: z.string() })),
};
