import { z } from "zod";
import { operation } from "#lib/api/operation.ts";
import { emailAddress, newPassword, personName } from "#lib/auth/model.ts";
import { role } from "#lib/workspaces/model.ts";
import { accessRequest, invite, member, studioPath } from "./model.ts";

const named = z.object({ workspace: z.string() });
const ofMember = named.extend({ userId: z.string() });
const numbered = named.extend({ id: z.string() });
const done = z.object({});

const invitesContract = {
  list: operation({
    method: "GET",
    path: "/workspaces/{workspace}/invites",
    access: "owner",
    summary: "Invitations that still work",
  })
    .input(named)
    .output(z.object({ items: z.array(invite) })),
  create: operation({
    method: "POST",
    path: "/workspaces/{workspace}/invites",
    access: "owner",
    summary: "Make a link by which one person joins with a role; the link is answered once",
    status: 201,
  })
    .input(
      named.extend({
        role,
        email: emailAddress.optional(),
        expiresInDays: z.coerce.number().int().min(1).max(30).default(7),
        /** Where the link leads once accepted. */
        path: studioPath.optional(),
      }),
    )
    .output(invite.extend({ url: z.string() })),
  revoke: operation({
    method: "DELETE",
    path: "/workspaces/{workspace}/invites/{id}",
    access: "owner",
    summary: "Make an invitation's link useless",
  })
    .input(numbered)
    .output(done),
  accept: operation({
    method: "POST",
    path: "/invites/accept",
    access: "public",
    summary: "Join by an invitation, as who is signed in or with a new account",
  })
    .input(
      z.object({
        token: z.string().max(200),
        /** Left out by who is signed in. */
        account: z.object({ email: emailAddress, name: personName, password: newPassword }).optional(),
      }),
    )
    .output(z.object({ workspace: z.string() })),
};

const requestsContract = {
  create: operation({
    method: "POST",
    path: "/access-requests",
    access: "person",
    summary: "Ask a workspace's owners to let you in; the answer never tells whether it exists",
  })
    .input(z.object({ workspace: z.string().max(200), path: studioPath }))
    .output(z.object({ status: z.literal("sent") })),
  list: operation({
    method: "GET",
    path: "/workspaces/{workspace}/access-requests",
    access: "owner",
    summary: "People who wait to be let in",
  })
    .input(named)
    .output(z.object({ items: z.array(accessRequest) })),
  grant: operation({
    method: "POST",
    path: "/workspaces/{workspace}/access-requests/{id}/grant",
    access: "owner",
    summary: "Let the person in with a role",
  })
    .input(numbered.extend({ role }))
    .output(done),
  decline: operation({
    method: "POST",
    path: "/workspaces/{workspace}/access-requests/{id}/decline",
    access: "owner",
    summary: "Do not let the person in",
  })
    .input(numbered)
    .output(done),
};

/** Who is in a workspace, who was invited, who asks to be let in. */
export const membersContract = {
  list: operation({
    method: "GET",
    path: "/workspaces/{workspace}/members",
    access: "reader",
    summary: "Who is in a workspace, and as what",
  })
    .input(named)
    .output(z.object({ items: z.array(member) })),
  setRole: operation({
    method: "PUT",
    path: "/workspaces/{workspace}/members/{userId}",
    access: "owner",
    summary: "Change a member's role; counts at their next request",
  })
    .input(ofMember.extend({ role }))
    .output(member),
  remove: operation({
    method: "DELETE",
    path: "/workspaces/{workspace}/members/{userId}",
    access: "owner",
    summary: "Take a member out of a workspace",
  })
    .input(ofMember)
    .output(done),
  leave: operation({
    method: "POST",
    path: "/workspaces/{workspace}/leave",
    access: "reader",
    summary: "Leave a workspace",
  })
    .input(named)
    .output(done),
  invites: invitesContract,
  requests: requestsContract,
};
